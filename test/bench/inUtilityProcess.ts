import { createInterface } from 'node:readline';
import { app, utilityProcess } from 'electron';

// Electron's main process for one contender: runs it in a utility process as the program runs its service, and hands
// on the lines of the standard input. Arguments: the built contender and its arguments. Environment:
// MIXTURA_BENCH_V8_FLAGS, to try what a flag of V8 does to our side.
const own = process.argv.indexOf(import.meta.filename);
const [script, ...args] = process.argv.slice(own + 1);
const v8Flags = process.env['MIXTURA_BENCH_V8_FLAGS'];

void app.whenReady().then(() => {
  const contender = utilityProcess.fork(script, args, {
    stdio: 'inherit',
    execArgv: v8Flags === undefined ? [] : [`--js-flags=${v8Flags}`],
  });
  contender.once('exit', (code) => app.exit(code));
  createInterface({ input: process.stdin })
    .on('line', (line) => contender.postMessage(line))
    .on('close', () => app.quit());
});
