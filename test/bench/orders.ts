import { on } from 'node:events';
import { createInterface } from 'node:readline';
import type { ParentPort } from 'electron';

/**
 * What a contender is told to do, an item a fit: lines of the standard input, which a utility process does not have;
 * there it is messages of Electron's main process.
 */
export function orders(): AsyncIterable<unknown> {
  const port = process.parentPort as ParentPort | undefined;
  return port ? on(port, 'message') : createInterface({ input: process.stdin });
}
