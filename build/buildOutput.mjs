// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';
import { say, SetupError } from './say.mjs';

/** What the contents of out/ depend on. */
const sources = [
  'shared',
  'electron',
  'renderer',
  'build/vite.config.ts',
  'package.json',
  'package-lock.json',
];

/**
 * Builds out/ unless it was built from just these sources.
 * @param {string} root  the project's folder
 */
export async function ensureBuilt(root) {
  const stampFile = path.join(root, 'out/sources.sha256');
  // Taken before building: a file saved meanwhile makes the next start build again.
  const stamp = stampOf(root, sources);
  if (readStamp(stampFile) === stamp) return;
  say('building the program');
  rmSync(stampFile, { force: true });
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--app', '--config', 'build/vite.config.ts', '--logLevel', 'warn'];
  const code = await run(process.execPath, args, { cwd: root });
  if (code !== 0) throw new SetupError(`the build failed (${code}); mend what is said above and try again.`);
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

/**
 * One hash over names and contents of all files under some paths.
 * Contents rather than times: a checkout changes times, not the program.
 * @param {string} root
 * @param {readonly string[]} paths  files or folders under root; absent ones count as absent
 * @returns {string} 64 hexadecimal digits
 */
export function stampOf(root, paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((each) => filesUnder(root, each))) {
    const contents = readFileSync(path.join(root, file));
    hash.update(`${file}\0${contents.length}\0`).update(contents);
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} start
 * @returns {string[]} sorted, so that the order on disk does not matter
 */
function filesUnder(root, start) {
  const absolute = path.join(root, start);
  if (!existsSync(absolute)) return [];
  const entries = readdirSyncOrFile(absolute);
  if (!entries) return [start];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

/** @param {string} absolute */
function readdirSyncOrFile(absolute) {
  try {
    return readdirSync(absolute, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** @param {string} file */
function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
