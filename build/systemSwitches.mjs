// @ts-check
import { sandboxObstacle } from './sandbox.mjs';
import { say } from './say.mjs';

/**
 * What Chromium must be told on this system, which the program itself never tells it.
 * @param {import('./electronRuntime.mjs').ElectronRuntime} runtime
 * @returns {Promise<string[]>} switches
 */
export async function systemSwitches(runtime) {
  const switches = [];
  const obstacle = await sandboxObstacle(runtime.dist);
  if (obstacle) {
    say(`Chromium's sandbox is off: ${obstacle}`);
    switches.push('--no-sandbox');
  }
  // Without a desktop session Chromium reports, line by line, each service of it that it misses.
  if (process.platform === 'linux' && !process.env['DBUS_SESSION_BUS_ADDRESS'])
    switches.push('--log-level=3');
  return switches;
}
