import path from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '..');
const laws = ['test/laws/**/*.test.ts', 'test/reference/**/*.test.ts'];

/**
 * Unit, law and reference tests; laws and references run twice, on the plain kernels and on the compiled ones. They run
 * under Node; a component test asks for a page with `// @vitest-environment happy-dom` on its first line. Tests of the
 * whole program are Playwright's. Properties are tried on the same cases in every run, so that what is green stays
 * green; `--mode fresh` draws others, to look for what nobody has seen yet.
 */
export default defineConfig(({ mode }) => ({
  root,
  plugins: [vue()],
  test: {
    environment: 'node',
    globalSetup: path.join(import.meta.dirname, 'compileKernelsForTests.mjs'),
    passWithNoTests: true,
    testTimeout: 30_000,
    setupFiles: path.join(root, 'test/support/propertySeed.ts'),
    provide: { propertySeed: mode === 'fresh' ? null : 20261121 },
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['test/**/*.test.ts'],
          exclude: ['test/app/**'],
          provide: { kernels: 'reference' },
        },
      },
      { extends: true, test: { name: 'compiled kernels', include: laws, provide: { kernels: 'simd' } } },
    ],
  },
}));
