import path from 'node:path';
import { app, utilityProcess } from 'electron';

const commands = new Set(['fit', 'select', 'quantise', 'help', '--help', '--version']);

/**
 * Runs the installed program's command (`mixtura fit job.json`) when the arguments name one: no window, the same
 * code as `npm start -- fit`, in a process of its own, since main touches no data. False: open the window.
 */
export function runCommandLine(args: readonly string[]): boolean {
  const first = args.findIndex((arg) => commands.has(arg));
  if (first < 0) return false;
  void app.whenReady().then(() => {
    const command = utilityProcess.fork(path.join(import.meta.dirname, 'cli.js'), args.slice(first), {
      serviceName: 'Mixtura command',
      stdio: 'inherit',
    });
    command.once('exit', (code) => app.exit(code));
  });
  return true;
}
