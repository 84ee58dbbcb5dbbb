// @ts-check
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openDisplay } from './display.mjs';
import { say } from './say.mjs';
import { sandboxObstacle } from './sandbox.mjs';

/**
 * Starts the packed program as it is shipped and fits the first example in it, by what a person sees.
 * Over Chromium's debugging port, since the release fuses rightly refuse Playwright's way into the main process.
 * @param {string} executable
 */
export async function smokePackage(executable) {
  const { chromium } = await import('playwright');
  const display = await openDisplay();
  const profile = mkdtempSync(path.join(os.tmpdir(), 'mixtura-profile-'));
  const switches = ['--remote-debugging-port=0', `--user-data-dir=${profile}`];
  if (await sandboxObstacle(path.dirname(executable))) switches.push('--no-sandbox');
  const program = spawn(executable, switches, {
    stdio: ['ignore', 'inherit', 'pipe'],
    env: { ...process.env, ...display.environment },
  });
  const ended = new Promise((resolve) => program.once('exit', resolve));
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(program));
    const context = browser.contexts()[0];
    if (!context) throw new Error('the packed program opened no window');
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    page.setDefaultTimeout(30_000);
    await fitFaithful(page);
    await browser.close();
    say('smoke test: the packed program starts and fits Old Faithful');
  } finally {
    program.kill();
    await ended;
    await display.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** @param {import('playwright').Page} page */
async function fitFaithful(page) {
  await page.getByRole('button', { name: /Old Faithful/ }).click();
  await page
    .getByText(/272 rows/)
    .first()
    .waitFor();
  await page
    .getByRole('navigation')
    .getByRole('link', { name: 'Model' })
    .or(page.getByRole('button', { name: 'Model', exact: true }))
    .first()
    .click();
  await page.getByRole('radio', { name: /Gaussian mixture/ }).click();
  await page.getByRole('radio', { name: /VVV/ }).click();
  await page.getByLabel('Number of clusters').fill('2');
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await page
    .getByText(/[-−]1130\.26/)
    .first()
    .waitFor();
}

/**
 * @param {import('node:child_process').ChildProcess} program
 * @returns {Promise<string>} where its debugging port listens
 */
function debuggingAddress(program) {
  return new Promise((resolve, reject) => {
    let output = '';
    program.stderr?.on('data', (part) => {
      output += part;
      const found = /DevTools listening on (ws:\/\/\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    program.once('error', reject);
    program.once('exit', (code) =>
      reject(new Error(`the packed program ended at once (${code}):\n${output}`)),
    );
  });
}
