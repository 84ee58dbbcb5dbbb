// @ts-check
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findProgram } from './findProgram.mjs';
import { SetupError } from './say.mjs';

/**
 * A screen to draw on.
 * @typedef {object} Display
 * @property {boolean} isVirtual
 * @property {Record<string, string>} environment  what programs on it need
 * @property {() => Promise<void>} close
 */

/**
 * Whether a virtual screen is needed: only X and Wayland can be absent, other systems always have one.
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {boolean}
 */
export function lacksDisplay(environment = process.env) {
  return process.platform === 'linux' && !environment['DISPLAY'] && !environment['WAYLAND_DISPLAY'];
}

/**
 * The screen that is there, or a virtual one that lives until it is closed or we end, however we end.
 * @returns {Promise<Display>}
 */
export async function openDisplay() {
  if (!lacksDisplay()) return { isVirtual: false, environment: {}, close: async () => {} };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mixtura-display-'));
  const authority = path.join(folder, 'Xauthority');
  writeFileSync(authority, authorityFile(randomBytes(16)), { mode: 0o600 });

  const server = ['Xvfb', '-displayfd', '3', '-screen', '0', '1600x1000x24'];
  const options = ['-auth', authority, '-nolisten', 'tcp', '-noreset'];
  // If we are killed outright, the kernel ends the server too.
  const tether = findProgram('setpriv') ? ['setpriv', '--pdeathsig', 'TERM', '--'] : [];
  const [command = '', ...args] = [...tether, ...server, ...options];
  // In a session of its own, or Ctrl-C in the terminal would take the screen away before the program has closed.
  const child = spawn(command, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const end = () => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', end);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const close = async () => {
    child.ref();
    end();
    await ended;
  };

  const number = await new Promise((resolve, reject) => {
    let complaint = '';
    child.stderr?.on('data', (part) => (complaint += part));
    child.once('error', (error) =>
      reject(new SetupError(`the virtual screen did not start: ${error.message}`)),
    );
    child.once('close', () =>
      reject(new SetupError(`the virtual screen did not start: ${complaint.trim()}`)),
    );
    child.stdio[3]?.once('data', (part) => resolve(String(part).trim()));
  });
  child.stderr?.resume();
  // Pipes of a child are sockets; none of this may keep us running once the program has ended.
  child.unref();
  for (const pipe of [child.stderr, child.stdio[3]]) /** @type {import('node:net').Socket} */ (pipe).unref();
  return { isVirtual: true, environment: { DISPLAY: `:${number}`, XAUTHORITY: authority }, close };
}

/**
 * An X authority file with one secret for any display, so that only its owner may draw on the screen or read it.
 * Layout: libXau, AuFileName(3): family, then address, number, name and data, each with its length before it.
 * @param {Uint8Array} secret  16 bytes
 * @returns {Buffer}
 */
function authorityFile(secret) {
  const familyWild = 0xffff;
  const counted = (/** @type {string | Uint8Array} */ value) => {
    const bytes = Buffer.from(value);
    return [uint16(bytes.length), bytes];
  };
  return Buffer.concat([uint16(familyWild), ...['', '', 'MIT-MAGIC-COOKIE-1', secret].flatMap(counted)]);
}

/** @param {number} value */
function uint16(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
