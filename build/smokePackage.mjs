// @ts-check
// Starts the packed program with its release fuses, which keep Playwright's own launcher out: it is driven through
// Chromium's debugging port instead.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright';
import { SetupError } from './setup/say.mjs';

/**
 * Opens an example in the packed program and fits it.
 * @param {string} executable
 * @param {boolean} hasSandbox
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<string>} what was seen
 */
export async function smokePackage(executable, hasSandbox, environment) {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'mixtura-package-'));
  const program = spawn(
    executable,
    [
      ...(hasSandbox ? [] : ['--no-sandbox']),
      '--log-level=3',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
    ],
    { env: environment, stdio: ['ignore', 'inherit', 'pipe'] },
  );
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(program));
    const context = browser.contexts()[0];
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (!page) throw new SetupError('The packed program opened no window.');
    await page.getByRole('button', { name: 'Old Faithful', exact: true }).click();
    const steps = page.getByRole('navigation', { name: 'Steps' });
    await steps.getByRole('button', { name: 'Model' }).click();
    await page.getByLabel('Number of clusters').fill('2');
    await page.getByRole('button', { name: 'Fit', exact: true }).click();
    const seen = page.getByText('-1130.264').first();
    await seen.waitFor();
    await browser.close();
    return 'the packed program opened Old Faithful and fitted it: log-likelihood -1130.264';
  } finally {
    program.kill();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, null, import('node:stream').Readable>} program
 * @returns {Promise<string>}
 */
function debuggingAddress(program) {
  return new Promise((resolve, reject) => {
    let text = '';
    program.stderr.on('data', (/** @type {Buffer} */ data) => {
      text += data.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (address) resolve(address);
    });
    program.once('error', reject);
    program.once('exit', (code) =>
      reject(new SetupError(`The packed program ended with code ${code} before it had opened:\n${text}`)),
    );
  });
}
