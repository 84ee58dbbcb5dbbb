import path from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const laws = ['test/laws/**/*.test.ts', 'test/reference/**/*.test.ts'];

/**
 * Unit, law and reference tests; laws and references run twice, on the plain kernels and on the compiled ones. They run
 * under Node; a component test asks for a page with `// @vitest-environment happy-dom` on its first line. Tests of the
 * whole program are Playwright's.
 */
export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  plugins: [vue()],
  test: {
    environment: 'node',
    globalSetup: path.join(import.meta.dirname, 'compileKernelsForTests.mjs'),
    passWithNoTests: true,
    testTimeout: 30_000,
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
});
