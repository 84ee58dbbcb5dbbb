// @ts-check
// `npm test`: sets up what is missing, then runs every check, the quick ones first, and stops at the first that fails.
import path from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureOutput } from './setup/output.mjs';
import { run, runWithElectron } from './setup/runElectron.mjs';
import { root, say, SetupError } from './setup/say.mjs';

/** @param {string} file */
const tool = (file) => [process.execPath, path.join(root, 'node_modules', file)];

/** @type {[string, () => Promise<number>][]} */
const stages = [
  ['types', () => run([...tool('vue-tsc/bin/vue-tsc.js'), '--build'])],
  ['lint', () => run([...tool('eslint/bin/eslint.js'), '--config', 'build/eslint.config.js', '.'])],
  ['layout', () => run([...tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'])],
  [
    'unit, property and reference',
    () => run([...tool('vitest/vitest.mjs'), 'run', '--config', 'build/vitest.config.ts']),
  ],
  [
    'the program in Electron',
    () =>
      runWithElectron(() => [...tool('playwright/cli.js'), 'test', '--config', 'build/playwright.config.ts']),
  ],
];

process.chdir(root);
try {
  ensureDependencies();
  ensureOutput();
  for (const [name, stage] of stages) {
    const startedAt = performance.now();
    const code = await stage();
    say(
      `${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
    );
    if (code !== 0) process.exit(code);
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
