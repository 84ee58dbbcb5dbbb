// @ts-check
import { findProgram } from './findProgram.mjs';
import { run, runQuietly } from './run.mjs';
import { say, SetupError } from './say.mjs';

/** Debian's packages that bring all that Electron links to (tried on a minimal Debian 12). */
const libraryPackages = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'];
/** For a screen where there is none, and letters to draw on it. */
const displayPackages = ['xvfb', 'fonts-liberation'];

/**
 * Makes sure that Linux has what Electron needs: installs it where we may, else says what to type.
 * @param {string} executable    Electron's
 * @param {boolean} needsDisplay whether a virtual screen is needed
 */
export async function ensureSystemLibraries(executable, needsDisplay) {
  if (process.platform !== 'linux') return;
  const missing = await missingLibraries(executable);
  const lacksDisplay = needsDisplay && !findProgram('Xvfb');
  if (missing.length === 0 && !lacksDisplay) return;
  const what = summarise([...(lacksDisplay ? ['Xvfb'] : []), ...missing]);

  if (!findProgram('apt-get'))
    throw new SetupError(`this system lacks ${what}; install them with its package manager and start again.`);
  const packages = [...(missing.length > 0 ? libraryPackages : []), ...(needsDisplay ? displayPackages : [])];
  const isRoot = process.getuid?.() === 0;
  const maySudo = !isRoot && findProgram('sudo') && (await runQuietly('sudo', ['-n', 'true'])).code === 0;
  if (!isRoot && !maySudo)
    throw new SetupError(
      `this system lacks ${what}. Type this, then start again:\n\n  ${commandToType(await presentNames(packages))}\n`,
    );
  say(`installing what this system lacks (${what}) with apt-get`);
  const prefix = isRoot ? [] : ['sudo', '-n'];
  await runAptGet(prefix, ['update', '-qq']);
  // The names are looked up after the update: a minimal system knows no packages before it.
  await runAptGet(prefix, [
    'install',
    '-q',
    '-y',
    '--no-install-recommends',
    ...(await presentNames(packages)),
  ]);
  const still = await missingLibraries(executable);
  if (still.length > 0)
    throw new SetupError(`apt-get did not bring ${still.join(', ')}; install them and start again.`);
}

/**
 * The names `ldd` cannot find.
 * @param {string} executable
 * @returns {Promise<string[]>}
 */
async function missingLibraries(executable) {
  return notFound((await runQuietly('ldd', [executable])).output);
}

/**
 * Reads the missing libraries out of what `ldd` prints.
 * @param {string} output
 * @returns {string[]}
 */
export function notFound(output) {
  return [...output.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1] ?? '');
}

/**
 * A minimal system lacks dozens; a few say what kind.
 * @param {readonly string[]} names
 */
function summarise(names) {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more libraries` : shown;
}

/**
 * The line a person without our rights types.
 * @param {readonly string[]} packages
 * @returns {string}
 */
function commandToType(packages) {
  const become = findProgram('sudo')
    ? (/** @type {string} */ line) => `sudo sh -c '${line}'`
    : (/** @type {string} */ line) => `su -c '${line}'`;
  return become(`apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`);
}

/**
 * Newer Debian and Ubuntu call some packages otherwise (64-bit time, `t64`).
 * @param {readonly string[]} packages
 * @returns {Promise<string[]>}
 */
async function presentNames(packages) {
  return Promise.all(
    packages.map(async (name) => {
      const { code } = await runQuietly('apt-cache', ['show', '--no-all-versions', `${name}t64`]);
      return code === 0 ? `${name}t64` : name;
    }),
  );
}

/**
 * @param {readonly string[]} prefix
 * @param {readonly string[]} args
 */
async function runAptGet(prefix, args) {
  const [command = 'apt-get', ...rest] = [
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    ...args,
  ];
  const code = await run(command, rest);
  if (code !== 0)
    throw new SetupError(`apt-get ${args[0]} failed (${code}); mend what it says above and start again.`);
}
