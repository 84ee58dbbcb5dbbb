import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Kernels } from '../../electron/kernels/kernels';
import { allocateMemory, Arena } from '../../electron/kernels/memory';
import { createSimdKernels } from '../../electron/kernels/simd';

const modules = new Map<string, WebAssembly.Module>();

/** The compiled kernels over `memory`, a fresh one by default; Vitest's set-up has compiled them. */
export function simdKernels(
  memory: WebAssembly.Memory = allocateMemory(0),
  build: 'simd' | 'relaxedSimd' = 'simd',
): Kernels {
  let module = modules.get(build);
  if (!module) {
    const file = path.resolve(import.meta.dirname, `../../out/kernels/${build}.wasm`);
    module = new WebAssembly.Module(readFileSync(file));
    modules.set(build, module);
  }
  return createSimdKernels(module, new Arena(memory));
}
