// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { say, SetupError } from './say.mjs';

/** Debian packages that bring every library Electron needs. */
const libraryPackages = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'];
const displayPackages = ['xvfb'];
const fontPackages = ['fonts-liberation'];

/**
 * On Linux, makes sure that the system has what Electron needs to start, and a virtual display if one is needed:
 * installs it when it may, else says what to type.
 * @param {string} executable
 * @param {{ needsVirtualDisplay: boolean }} wanted
 */
export function ensureSystemLibraries(executable, { needsVirtualDisplay }) {
  if (process.platform !== 'linux') return;
  const missing = missingLibraries(executable);
  const packages = [
    ...(missing.length > 0 ? libraryPackages : []),
    ...(needsVirtualDisplay && !isOnPath('Xvfb') ? displayPackages : []),
    ...(hasFonts() ? [] : fontPackages),
  ];
  if (packages.length === 0) return;
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  const command = `apt-get update && ${['sudo', 'apt-get', ...install].join(' ')}`;
  if (!isOnPath('apt-get'))
    throw new SetupError(
      `The system lacks ${[...missing, ...packages].join(', ')}: install what brings them and start again.`,
    );
  const prefix = process.getuid?.() === 0 ? [] : hasPasswordlessSudo() ? ['sudo', '-n'] : null;
  if (prefix === null)
    throw new SetupError(
      `The system lacks some libraries. Type this once, then start again:\n\n  sudo ${command}\n`,
    );
  say(`installing what Electron needs of the system: ${packages.join(' ')}`);
  for (const args of [['update'], install]) {
    const [program = '', ...rest] = [...prefix, 'apt-get', ...args];
    const result = spawnSync(program, rest, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (result.status !== 0)
      throw new SetupError(`apt-get ${args[0]} failed (see above). Try: sudo ${command}`);
  }
  const still = missingLibraries(executable);
  if (still.length > 0) throw new SetupError(`Libraries are still missing: ${still.join(', ')}`);
}

/**
 * Names of shared libraries an executable needs and the system has not.
 * @param {string} executable
 */
function missingLibraries(executable) {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map(([, name = '']) => name);
}

/** @param {string} program */
function isOnPath(program) {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(`${folder}/${program}`));
}

function hasFonts() {
  try {
    return readdirSync('/usr/share/fonts').length > 0;
  } catch {
    return false;
  }
}

function hasPasswordlessSudo() {
  return isOnPath('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
}
