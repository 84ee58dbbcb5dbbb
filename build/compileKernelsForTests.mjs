// @ts-check
import path from 'node:path';
import { ensureKernels } from './compileKernels.mjs';

/** Vitest's set-up: tests run the kernels of the sources as they are. */
export default async function setup() {
  await ensureKernels(path.resolve(import.meta.dirname, '..'));
}
