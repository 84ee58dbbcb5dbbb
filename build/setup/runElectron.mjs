// @ts-check
import { spawn } from 'node:child_process';
import { needsVirtualDisplay, startVirtualDisplay } from './display.mjs';
import { ensureElectron, runtimeText } from './electronRuntime.mjs';
import { hasSandbox } from './sandbox.mjs';
import { root, say } from './say.mjs';
import { ensureSystemLibraries } from './systemLibraries.mjs';

/**
 * Prepares Electron and a display, and runs a command with both in its environment.
 * @param {(runtime: import('./electronRuntime.mjs').ElectronRuntime, hasSandbox: boolean) => string[]} command
 * @returns {Promise<number>} the exit code
 */
export async function runWithElectron(command) {
  const runtime = await ensureElectron();
  const isVirtual = needsVirtualDisplay();
  ensureSystemLibraries(runtime.executable, { needsVirtualDisplay: isVirtual });
  say(runtimeText(runtime));
  const display = isVirtual ? await startVirtualDisplay() : { environment: {}, stop: () => {} };
  const sandboxed = hasSandbox();
  try {
    return await run(command(runtime, sandboxed), {
      ...display.environment,
      ELECTRON_OVERRIDE_DIST_PATH: runtime.dist,
      ...(sandboxed ? {} : { MIXTURA_NO_SANDBOX: '1' }),
    });
  } finally {
    display.stop();
  }
}

/**
 * Runs a command at the terminal and passes signals on to it.
 * @param {string[]} command
 * @param {Record<string, string>} [environment]
 * @param {string} [cwd]
 * @returns {Promise<number>} the exit code
 */
export function run([program = '', ...args], environment = {}, cwd = root) {
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    cwd,
  });
  // Ctrl+C reaches the whole group by itself; the child decides how to end, and we wait for it.
  const onInterrupt = () => {};
  const onTerminate = () => void child.kill('SIGTERM');
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}
