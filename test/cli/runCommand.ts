import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { builtScript } from '../support/builtScripts';

/** How a run of the command line ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as its own process in a folder; `during` may send it a signal. */
export function runCommand(
  folder: string,
  args: readonly string[],
  during?: (child: ChildProcessWithoutNullStreams) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [fileURLToPath(builtScript('cli.js')), ...args], { cwd: folder });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  during?.(child);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}
