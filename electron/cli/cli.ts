import { fitCommand } from './fitCommand';
import { readArguments, usage } from './arguments';
import { exitCode } from './exitCode';
import { quantiseCommand } from './quantiseCommand';
import { selectCommand } from './selectCommand';
import { version } from '../../shared/version';

// The entry of the command line: plain Node under `npm start -- fit`, a utility process in the installed program.
const scripts = {
  worker: new URL('./worker.js', import.meta.url),
  importWorker: new URL('./importWorker.js', import.meta.url),
  pictureWorker: new URL('./pictureWorker.js', import.meta.url),
};
const command = readArguments(process.argv.slice(2));
switch (command.kind) {
  case 'help':
    process.stdout.write(usage);
    break;
  case 'version':
    process.stdout.write(`${version}\n`);
    break;
  case 'mistake':
    process.stderr.write(`${command.problem}\n\n${usage}`);
    process.exitCode = exitCode.usage;
    break;
  case 'fit':
    process.exitCode = await fitCommand(command, scripts);
    break;
  case 'select':
    process.exitCode = await selectCommand(command, scripts);
    break;
  case 'quantise':
    process.exitCode = await quantiseCommand(command, scripts);
    break;
}
// Electron keeps a utility process when it has nothing left to do. What was written is on its way by then.
if ('parentPort' in process) process.stdout.write('', () => process.exit());
