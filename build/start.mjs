// @ts-check
// `npm start`: sets up what is missing, then opens the program, or runs its command line.
import path from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureOutput } from './setup/output.mjs';
import { run, runWithElectron } from './setup/runElectron.mjs';
import { root, say, SetupError } from './setup/say.mjs';

const args = process.argv.slice(2);
const isWindow = args.length === 0;
try {
  ensureDependencies();
  ensureOutput();
  process.exitCode = isWindow
    ? await runWithElectron(({ executable }, hasSandbox) => [
        executable,
        ...(hasSandbox ? [] : ['--no-sandbox']),
        '--log-level=3',
        root,
      ])
    : // The command line needs no Electron, no display and no library of the system. Its paths are meant from where
      // the person typed, which npm tells.
      await run([process.execPath, path.join(root, 'out/main/cli.js'), ...args], {}, process.env['INIT_CWD']);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
