import path from 'node:path';
import { defineConfig } from 'playwright/test';

const root = path.resolve(import.meta.dirname, '..');

/** Tests of the whole program in real Electron, one window at a time. */
export default defineConfig({
  testDir: path.join(root, 'test/app'),
  outputDir: path.join(root, 'out/test-results'),
  workers: 1,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
