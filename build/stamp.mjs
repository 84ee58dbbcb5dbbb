// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

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
