import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Kernels } from '../../electron/kernels/kernels';
import { allocateMemory, Arena } from '../../electron/kernels/memory';
import { createSimdKernels } from '../../electron/kernels/simd';

export type Build = 'simd' | 'relaxedSimd';

const modules = new Map<Build, WebAssembly.Module>();

const bytesOf = (build: Build): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(path.resolve(import.meta.dirname, `../../out/kernels/${build}.wasm`)));

/** The builds of the kernels that this Node can run. */
export const builds = (['simd', 'relaxedSimd'] as const).filter((build) =>
  WebAssembly.validate(bytesOf(build)),
);

/** The compiled kernels over `memory`, a fresh one by default; Vitest's set-up has compiled them. */
export function simdKernels(memory: WebAssembly.Memory = allocateMemory(0), build: Build = 'simd'): Kernels {
  const module = modules.get(build) ?? new WebAssembly.Module(bytesOf(build));
  modules.set(build, module);
  return createSimdKernels(module, new Arena(memory));
}
