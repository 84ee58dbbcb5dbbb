// @ts-check
import { statSync } from 'node:fs';
import path from 'node:path';
import { runQuietly } from './run.mjs';

/**
 * Why Chromium's sandbox cannot work here, where it cannot. The program never switches it off itself.
 * @param {string} dist  Electron's folder
 * @returns {Promise<string | undefined>} a reason for the person, or nothing if it works
 */
export async function sandboxObstacle(dist) {
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return 'it refuses to run as root';
  const starter = statSync(path.join(dist, 'chrome-sandbox'), { throwIfNoEntry: false });
  if (starter?.uid === 0 && (starter.mode & 0o4000) !== 0) return undefined;
  // What Chromium does itself. Mapping the user matters: some systems allow the namespace but nothing in it.
  const attempt = ['--user', '--map-root-user', '--pid', '--net', '--fork', 'true'];
  const { code } = await runQuietly('unshare', attempt);
  // 127: no such program here, so ask Chromium itself.
  return code === 0 || code === 127 ? undefined : 'this system refuses user namespaces';
}
