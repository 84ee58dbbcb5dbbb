// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unpackFallback } from './fallbackRuntime.mjs';
import { root, say, SetupError } from './say.mjs';
import { cacheFolder } from './cacheFolder.mjs';

/**
 * A folder laid out like Electron's own `dist`, with the executable in it. `fallback`: the pinned runtime for
 * development and tests, never shipped.
 * @typedef {{ dist: string, executable: string, version: string, source: 'given' | 'official' | 'fallback' }} ElectronRuntime
 */

/** After a download that failed it is not tried again for this long: every start would wait for it. */
const retryAfterMs = 24 * 60 * 60 * 1000;

/**
 * The Electron to run on: what ELECTRON_OVERRIDE_DIST_PATH names; else the official one of package.json, downloaded
 * if need be; else, on linux-x64, the pinned fallback.
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureElectron() {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (given) {
    const runtime = describe(given, 'given');
    if (runtime === null) throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH holds no Electron: ${given}`);
    return runtime;
  }
  const folder = path.join(root, 'node_modules/electron');
  const wanted = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
  const official =
    officialRuntime(folder, wanted) ?? (download(folder, wanted) ? officialRuntime(folder, wanted) : null);
  if (official) return official;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new SetupError(
      `Electron ${wanted} could not be downloaded. Connect this machine to the network and start again.`,
    );
  const fallback = describe(await unpackFallback(), 'fallback');
  if (fallback === null)
    throw new SetupError('The fallback runtime is damaged: delete its folder in the cache.');
  return fallback;
}

/**
 * One line for the person: which Electron this is.
 * @param {ElectronRuntime} runtime
 */
export function runtimeText({ version, source }) {
  const kind = {
    given: 'given by ELECTRON_OVERRIDE_DIST_PATH',
    official: 'official',
    fallback: 'the pinned fallback for development and tests: the official one could not be downloaded',
  }[source];
  return `Electron ${version} (${kind})`;
}

/**
 * @param {string} dist
 * @param {ElectronRuntime['source']} source
 * @returns {ElectronRuntime | null}
 */
function describe(dist, source) {
  const relative =
    { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform.toString()] ??
    'electron';
  const executable = path.join(dist, relative);
  try {
    statSync(executable);
    const version = readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
    return { dist, executable, version, source };
  } catch {
    return null;
  }
}

/**
 * @param {string} folder
 * @param {string} wanted
 */
function officialRuntime(folder, wanted) {
  const runtime = describe(path.join(folder, 'dist'), 'official');
  return runtime?.version === wanted ? runtime : null;
}

/**
 * Downloads the official binary by Electron's own script, which checks its hash. False: it cannot be had now.
 * @param {string} folder
 * @param {string} wanted
 */
function download(folder, wanted) {
  const failureFile = path.join(cacheFolder(), `no-electron-${wanted}`);
  try {
    if (Date.now() - statSync(failureFile).mtimeMs < retryAfterMs) return false;
  } catch {
    // No failure on record: try.
  }
  say(`downloading Electron ${wanted}`);
  const result = spawnSync(process.execPath, [path.join(folder, 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: 600_000,
  });
  if (result.status === 0) return true;
  const reason = (result.stderr ?? '').split('\n').find((line) => line.trim() !== '') ?? 'no reason given';
  say(`Electron ${wanted} cannot be downloaded here (${reason.trim()}); it is tried again in a day`);
  mkdirSync(path.dirname(failureFile), { recursive: true });
  writeFileSync(failureFile, `${reason}\n`);
  return false;
}
