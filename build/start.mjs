// @ts-check
import path from 'node:path';
import { openDisplay } from './display.mjs';
import { describeRuntime } from './electronRuntime.mjs';
import { runInForeground } from './run.mjs';
import { runMain, say } from './say.mjs';
import { root, setUpProgram, setUpWindow } from './setup.mjs';
import { systemSwitches } from './systemSwitches.mjs';

const args = process.argv.slice(2);

/** First words that are work for the command line, which needs no window. */
const windowless = ['fit', 'select', 'quantise', 'help', '--help', '-h', '--version'];

await runMain(async () => {
  await setUpProgram();
  if (args[0] !== undefined && windowless.includes(args[0])) return startCommandLine();
  return startWindow();
});

function startCommandLine() {
  return runInForeground(process.execPath, [path.join(root, 'out/main/cli.js'), ...args], {
    detached: false,
  });
}

async function startWindow() {
  const runtime = await setUpWindow();
  say(describeRuntime(runtime));
  const switches = await systemSwitches(runtime);
  const display = await openDisplay();
  if (display.isVirtual) {
    say(`no display here, so the window opens on a virtual one (${display.environment['DISPLAY']})`);
  }
  try {
    return await runInForeground(runtime.executable, [...switches, root, ...args], {
      env: { ...process.env, ...display.environment },
    });
  } finally {
    await display.close();
  }
}
