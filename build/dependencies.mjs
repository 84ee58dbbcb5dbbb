// @ts-check
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { npmCommand, run } from './run.mjs';
import { say, SetupError } from './say.mjs';

/** @typedef {{version?: string, integrity?: string, optional?: boolean, devOptional?: boolean}} LockedPackage */
/** @typedef {{packages?: Record<string, LockedPackage>}} LockFile */

/**
 * Installs the packages of the lock file unless they are installed already.
 * @param {string} root  the project's folder
 */
export async function ensureDependencies(root) {
  const wanted = readLock(path.join(root, 'package-lock.json'));
  if (!wanted) throw new SetupError('package-lock.json is missing or damaged; get it back with git.');
  // npm writes this file last, so a broken-off installation has none or an old one.
  const installed = readLock(path.join(root, 'node_modules/.package-lock.json'));
  if (installed && firstDifference(wanted, installed) === undefined) return;
  say('installing dependencies by the lock file (npm ci)');
  const [command, args] = npmCommand(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  const code = await run(command, args, { cwd: root });
  if (code !== 0) throw new SetupError(`npm ci failed (${code}); what it needs is said above.`);
}

/**
 * Compares what the lock file wants with what npm says it installed.
 * @param {LockFile} wanted     package-lock.json
 * @param {LockFile} installed  node_modules/.package-lock.json
 * @returns {string | undefined} the first package that differs; nothing if all agree
 */
export function firstDifference(wanted, installed) {
  const want = wanted.packages ?? {};
  const have = installed.packages ?? {};
  for (const [name, entry] of Object.entries(want)) {
    if (name === '') continue;
    const found = have[name];
    // An optional package may be for another system.
    if (!found && (entry.optional || entry.devOptional)) continue;
    if (found?.version !== entry.version || found?.integrity !== entry.integrity) return name;
  }
  return Object.keys(have).find((name) => !(name in want));
}

/**
 * @param {string} file
 * @returns {LockFile | undefined}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // Absent or cut off: both mean that nothing can be relied on.
  }
}
