// @ts-check
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root, say, SetupError } from './say.mjs';

/** What the built program is made from. */
const sources = [
  'shared',
  'electron',
  'renderer',
  'build/vite.config.ts',
  'package.json',
  'package-lock.json',
];
const stampFile = path.join(root, 'out/stamp');

/** Builds the program into out/, unless nothing it is made from has changed since. */
export function ensureOutput() {
  const stamp = sourceStamp(sources.map((source) => path.join(root, source)));
  if (readStamp() === stamp) return;
  say('building');
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const result = spawnSync(
    process.execPath,
    [vite, 'build', '--app', '--config', 'build/vite.config.ts', '--logLevel', 'warn'],
    { cwd: root, stdio: ['ignore', process.stderr, 'inherit'] },
  );
  if (result.status !== 0) throw new SetupError('The build failed (see above).');
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

/**
 * A fingerprint of files and folders: names, sizes and times of change.
 * @param {string[]} files
 */
export function sourceStamp(files) {
  const hash = createHash('sha256');
  /** @param {string} file */
  const add = (file) => {
    const status = statSync(file);
    if (status.isDirectory()) {
      for (const name of readdirSync(file).sort()) add(path.join(file, name));
    } else {
      hash.update(`${file}\0${status.size}\0${status.mtimeMs}\n`);
    }
  };
  files.forEach(add);
  return hash.digest('hex');
}

function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return null;
  }
}
