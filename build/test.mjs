// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';
import { openDisplay } from './display.mjs';
import { describeRuntime } from './electronRuntime.mjs';
import { runInForeground } from './run.mjs';
import { runMain, say } from './say.mjs';
import { sandboxObstacle } from './sandbox.mjs';
import { root, setUpProgram, setUpWindow } from './setup.mjs';

const packages = path.join(root, 'node_modules');

/**
 * The stages, quick ones first; each is a name and commands for Node.
 * @type {[name: string, ...commands: string[][]][]}
 */
const stages = [
  ['types', ['vue-tsc/bin/vue-tsc.js', '--build']],
  [
    'lint',
    ['eslint/bin/eslint.js', '--config', 'build/eslint.config.js', '--max-warnings', '0', '.'],
    ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  ],
  ['unit, law and reference', ['vitest/vitest.mjs', 'run', '--config', 'build/vitest.config.ts']],
  ['app', ['playwright/cli.js', 'test', '--config', 'build/playwright.config.ts']],
];

await runMain(async () => {
  const startedAt = performance.now();
  await setUpProgram();
  const runtime = await setUpWindow();
  const obstacle = await sandboxObstacle(runtime.dist);
  say(
    `tests run on ${describeRuntime(runtime)}${obstacle ? `; Chromium's sandbox is off: ${obstacle}` : ''}`,
  );
  const display = await openDisplay();
  const env = {
    ...process.env,
    ...display.environment,
    ELECTRON_OVERRIDE_DIST_PATH: runtime.dist,
    // Playwright passes --no-sandbox itself; the tests ask for the real sandbox wherever it works.
    ...(obstacle ? { MIXTURA_NO_SANDBOX: obstacle } : {}),
  };
  const times = [`set-up ${seconds(startedAt)}`];
  try {
    for (const [name, ...commands] of stages) {
      say(name);
      const stageStartedAt = performance.now();
      for (const [script = '', ...args] of commands) {
        const command = path.join(packages, script);
        if (!existsSync(command)) throw new Error(`${script} is not where it was`);
        const code = await runInForeground(process.execPath, [command, ...args], {
          cwd: root,
          env,
          detached: false,
        });
        if (code !== 0) {
          say(`${name}: failed after ${seconds(stageStartedAt)}`);
          return code;
        }
      }
      times.push(`${name} ${seconds(stageStartedAt)}`);
      say(`${name}: passed`);
    }
  } finally {
    await display.close();
  }
  say(`all passed: ${times.join(', ')}`);
  return 0;
});

/** @param {number} startedAt */
function seconds(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
