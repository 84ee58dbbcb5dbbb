// @ts-check
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root, say, SetupError } from './say.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockedPackage */

/** Installs the dependencies by the lock file, unless what is installed agrees with it already. */
export function ensureDependencies() {
  const wanted = packages(path.join(root, 'package-lock.json'));
  if (wanted === null) throw new SetupError('package-lock.json is missing: get the whole project again.');
  // npm writes down what it has installed in the form of the lock file.
  const installed = packages(path.join(root, 'node_modules/.package-lock.json'));
  if (installed !== null && agrees(wanted, installed)) return;
  say('installing the dependencies by the lock file (npm ci)');
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0)
    throw new SetupError(
      'npm ci failed (see above). It needs the npm registry, or a cache that holds the packages.',
    );
}

/**
 * Whether what is installed is what the lock file wants. Optional packages (of other systems) may be missing.
 * @param {Map<string, LockedPackage>} wanted
 * @param {Map<string, LockedPackage>} installed
 */
export function agrees(wanted, installed) {
  for (const [name, { version, integrity, optional, devOptional }] of wanted) {
    const own = installed.get(name);
    if (
      own === undefined ? !(optional || devOptional) : own.version !== version || own.integrity !== integrity
    )
      return false;
  }
  return [...installed.keys()].every((name) => wanted.has(name));
}

/**
 * The packages of a lock file by their folder, without the project itself; null when there is no such file.
 * @param {string} file
 * @returns {Map<string, LockedPackage> | null}
 */
function packages(file) {
  try {
    /** @type {{ packages: Record<string, LockedPackage> }} */
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    return new Map(Object.entries(lock.packages).filter(([name]) => name !== ''));
  } catch {
    return null;
  }
}
