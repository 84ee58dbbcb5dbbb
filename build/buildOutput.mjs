// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';
import { say, SetupError } from './say.mjs';
import { stampOf } from './stamp.mjs';

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

/** @param {string} file */
function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
