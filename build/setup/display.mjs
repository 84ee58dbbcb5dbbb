// @ts-check
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { say, SetupError } from './say.mjs';

/** Whether a window would have nowhere to go. */
export function needsVirtualDisplay() {
  return process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
}

/**
 * Starts a virtual display and returns what to set in the environment of the program, and how to end it.
 * @returns {Promise<{ environment: Record<string, string>, stop: () => void }>}
 */
export async function startVirtualDisplay() {
  try {
    // Xvfb makes this folder only as root.
    mkdirSync('/tmp/.X11-unix', { mode: 0o1777 });
  } catch {
    // It is there, or Xvfb will say what is wrong.
  }
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((resolve, reject) => {
    let text = '';
    server.stdio[3]?.on('data', (/** @type {Buffer} */ data) => {
      text += data.toString();
      if (text.endsWith('\n')) resolve(text.trim());
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new SetupError(`The virtual display ended with code ${code}.`)));
  });
  say('no display here: running on a virtual one, which nobody sees');
  const stop = () => void server.kill();
  process.once('exit', stop);
  return { environment: { DISPLAY: `:${number}` }, stop };
}
