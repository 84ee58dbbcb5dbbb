// @ts-check
import path from 'node:path';
import { openDisplay } from './display.mjs';
import { describeRuntime } from './electronRuntime.mjs';
import { runInForeground } from './run.mjs';
import { runMain, say } from './say.mjs';
import { sandboxObstacle } from './sandbox.mjs';
import { root, setUpProgram, setUpWindow } from './setup.mjs';

const args = process.argv.slice(2);

/** First words that are work for the command line, which needs no window. */
const windowless = ['fit', 'select', 'help', '--help', '-h', '--version'];

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
  const switches = [];
  const obstacle = await sandboxObstacle(runtime.dist);
  if (obstacle) {
    say(`Chromium's sandbox is off: ${obstacle}`);
    switches.push('--no-sandbox');
  }
  const display = await openDisplay();
  if (display.isVirtual) {
    say(`no display here, so the window opens on a virtual one (${display.environment['DISPLAY']})`);
  }
  // Without a desktop session Chromium reports, line by line, each service of it that it misses.
  if (process.platform === 'linux' && !process.env['DBUS_SESSION_BUS_ADDRESS'])
    switches.push('--log-level=3');
  try {
    return await runInForeground(runtime.executable, [...switches, root, ...args], {
      env: { ...process.env, ...display.environment },
    });
  } finally {
    await display.close();
  }
}
