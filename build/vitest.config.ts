import path from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/**
 * Unit, law and reference tests. They run under Node; a component test asks for a page with
 * `// @vitest-environment happy-dom` on its first line. Tests of the whole program are Playwright's.
 */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  plugins: [vue()],
  test: {
    environment: 'node',
    globalSetup: path.join(import.meta.dirname, 'compileKernelsForTests.mjs'),
    include: ['test/**/*.test.ts'],
    exclude: ['test/app/**'],
    passWithNoTests: true,
    testTimeout: 30_000,
  },
});
