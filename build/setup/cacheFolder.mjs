// @ts-check
import os from 'node:os';
import path from 'node:path';

/** Where this user keeps what set-up has made; MIXTURA_CACHE names another place. */
export function cacheFolder() {
  const own = process.env['MIXTURA_CACHE'];
  return own ?? path.join(process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'mixtura');
}
