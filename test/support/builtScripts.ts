import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

/** A script of the built program, as threads and processes are started from. `npm test` builds before it tests. */
export function builtScript(name: 'worker.js' | 'importWorker.js' | 'pictureWorker.js' | 'cli.js'): URL {
  const file = path.resolve(import.meta.dirname, '../../out/main', name);
  if (!existsSync(file)) throw new Error(`${file} is not there: run "npm run build" first.`);
  return pathToFileURL(file);
}
