// @ts-check
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a command whose output is news for the person, so all of it goes to stderr.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code, 127 if it cannot be started
 */
export function run(command, args, options = {}) {
  return exitCodeOf(spawn(command, [...args], { stdio: ['ignore', 2, 2], ...options }));
}

/**
 * Runs a command and keeps what it prints.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{code: number, output: string}>}
 */
export async function runQuietly(command, args, options = {}) {
  const child = spawn(command, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout?.on('data', (part) => (output += part));
  child.stderr?.on('data', (part) => (output += part));
  return { code: await exitCodeOf(child), output };
}

/**
 * Runs a program in the foreground: our terminal is its terminal, signals sent to us reach it,
 * and its exit code becomes ours (128 + signal number if a signal ended it).
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export async function runInForeground(command, args, options = {}) {
  // In a group of its own: Ctrl-C would otherwise reach it twice, from the terminal and from us,
  // and Chromium takes a second signal as an order to die at once.
  const child = spawn(command, [...args], {
    stdio: 'inherit',
    detached: process.platform !== 'win32',
    ...options,
  });
  let lastAt = -Infinity;
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    // npm passes the terminal's signal on to us as well; a person's second one comes later.
    const now = performance.now();
    if (now - lastAt > 1000) child.kill(signal);
    lastAt = now;
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, forward);
  try {
    return await exitCodeOf(child);
  } finally {
    for (const signal of signals) process.off(signal, forward);
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
function exitCodeOf(child) {
  return new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/**
 * How to start npm here: the one that started us, else the one on the path.
 * @param {readonly string[]} args
 * @returns {[command: string, args: string[]]}
 */
export function npmCommand(args) {
  const cli = process.env['npm_execpath'];
  return cli?.endsWith('.js') ? [process.execPath, [cli, ...args]] : ['npm', [...args]];
}
