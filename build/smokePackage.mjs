// @ts-check
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
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
    const address = await debuggingAddress(program);
    await windowIsThere(address);
    const browser = await chromium.connectOverCDP(address);
    const context = browser.contexts()[0];
    if (!context) throw new Error('the packed program opened no window');
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    page.setDefaultTimeout(30_000);
    await fitFaithful(page).catch(async (error) => {
      say(`smoke test: failed while the window showed\n${await page.locator('body').ariaSnapshot()}`);
      throw error;
    });
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
    .getByRole('banner')
    .filter({ hasText: /272\s+rows/ })
    .waitFor();
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Model' }).click();
  await page.getByRole('radio', { name: /Gaussian mixture/ }).click();
  await page.getByRole('radio', { name: /VVV/ }).click();
  await page.getByLabel('Number of clusters').fill('2');
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  // The log-likelihood every program finds for this mixture.
  await page
    .getByText(/[-−]1130\.26/)
    .filter({ visible: true })
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

/**
 * Waits for the program's window: a browser connected to before it has one never answers.
 * Chromium tells of it by HTTP only when asked.
 * @param {string} address  of the debugging port
 */
async function windowIsThere(address) {
  const list = new URL('/json/list', address.replace('ws:', 'http:'));
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    /** @type {{type: string, url: string}[]} */
    const targets = await (await fetch(list)).json();
    if (targets.some(({ type, url }) => type === 'page' && url.startsWith('app:'))) return;
    await setTimeout(50);
  }
  throw new Error('the packed program opened no window within 30 s');
}
