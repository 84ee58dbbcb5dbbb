// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { ensureFallback } from './fallbackRuntime.mjs';
import { runQuietly } from './run.mjs';
import { say, SetupError } from './say.mjs';

/**
 * An Electron to run on.
 * @typedef {object} ElectronRuntime
 * @property {string} dist        its folder
 * @property {string} executable
 * @property {string} version
 * @property {'given' | 'official' | 'fallback'} source
 * @property {string} wanted      the version of the official package
 */

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Finds an Electron, fetching it if need be: the one the environment names, the official one that is
 * installed, the official download, and on 64-bit Linux for development the pinned fallback.
 * @param {string} root  the project's folder, with its dependencies installed
 * @returns {Promise<ElectronRuntime>}
 */
export async function findElectron(root) {
  const folder = path.dirname(
    createRequire(path.join(root, 'package.json')).resolve('electron/package.json'),
  );
  const wanted = String(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version);
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given) {
    const runtime = describe(given, 'given', wanted);
    if (!runtime)
      throw new SetupError(`there is no Electron in ELECTRON_OVERRIDE_DIST_PATH (${given}); unset it.`);
    return runtime;
  }
  return (
    installed(folder, wanted) ??
    ((await download(folder, wanted)) ? installed(folder, wanted) : undefined) ??
    (await fallback(wanted))
  );
}

/**
 * @param {ElectronRuntime} runtime
 * @returns {string} one line for the person
 */
export function describeRuntime({ version, source, wanted }) {
  if (source === 'official') return `Electron ${version}`;
  if (source === 'given') return `Electron ${version}, from ELECTRON_OVERRIDE_DIST_PATH`;
  return `Electron ${version}, the runtime for development and tests (the official ${wanted} could not be downloaded)`;
}

/**
 * The folder of this user for what is fetched once.
 * @returns {string}
 */
function cacheFolder() {
  return path.join(process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'mixtura-development');
}

/**
 * @param {string} folder  of the electron package
 * @param {string} wanted
 */
function installed(folder, wanted) {
  const runtime = describe(path.join(folder, 'dist'), 'official', wanted);
  return runtime?.version === wanted ? runtime : undefined;
}

/**
 * @param {string} dist
 * @param {ElectronRuntime['source']} source
 * @param {string} wanted
 * @returns {ElectronRuntime | undefined} nothing if the folder holds no whole Electron
 */
function describe(dist, source, wanted) {
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const name =
    process.platform === 'darwin' || process.platform === 'win32' ? names[process.platform] : 'electron';
  const executable = path.join(dist, name);
  const versionFile = path.join(dist, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return undefined;
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  return { dist, executable, version, source, wanted };
}

/**
 * Runs the official package's own download. Without a network that must not cost every start its time,
 * so a failure is remembered for a day.
 * @param {string} folder  of the electron package
 * @param {string} wanted
 * @returns {Promise<boolean>} whether it is there now
 */
async function download(folder, wanted) {
  const note = path.join(cacheFolder(), `electron-${wanted}-not-downloadable`);
  if (isFresh(note)) return false;
  // A mirror or proxy may be in reach where the usual host is not.
  const hasOwnRoute = Object.keys(process.env).some((name) =>
    /^(npm_config_electron_mirror|electron_mirror|electron_get_use_proxy)$/i.test(name),
  );
  let reason =
    hasOwnRoute || (await isReachable('github.com', 443)) ? undefined : 'github.com is not in reach';
  if (!reason) {
    say(`downloading Electron ${wanted} (about 120 MB, once)`);
    const { code, output } = await runQuietly(process.execPath, [path.join(folder, 'install.js')]);
    if (code === 0) {
      rmSync(note, { force: true });
      return true;
    }
    reason = output.trim().split('\n')[0];
  }
  say(`Electron ${wanted} could not be downloaded (${reason}); trying again in a day, or delete ${note}`);
  mkdirSync(path.dirname(note), { recursive: true });
  writeFileSync(note, `${reason}\n`);
  return false;
}

/** @param {string} note */
function isFresh(note) {
  const age = Date.now() - (statSync(note, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity);
  return age < dayMs;
}

/**
 * Whether a host answers at all within the time a person does not mind.
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isReachable(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (/** @type {boolean} */ answer) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(finish, 1500, false);
    socket.once('connect', () => finish(true)).once('error', () => finish(false));
  });
}

/** @param {string} wanted */
async function fallback(wanted) {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new SetupError(
      `no Electron here; run "npx install-electron" where Electron ${wanted} can be downloaded.`,
    );
  const runtime = describe(await ensureFallback(cacheFolder()), 'fallback', wanted);
  if (!runtime)
    throw new SetupError(`the development runtime is damaged; delete ${cacheFolder()} and try again.`);
  return runtime;
}
