import { existsSync, readFileSync } from 'node:fs';
import { allocateMemory, Arena } from '../kernels/memory';
import { createSimdKernels } from '../kernels/simd';

/** What a thread is given when it starts. */
export interface ThreadData {
  /** Null: the plain kernels do the work. */
  readonly kernels: WebAssembly.Module | null;
}

/** Builds of the kernels, the faster first. They give the same bits. */
const builds = ['relaxedSimd.wasm', 'simd.wasm'];

/**
 * The compiled kernels in `folder`, in the fastest build this machine can run; null when it can run none of them,
 * or none is there: the plain kernels do the same work then.
 */
export function loadKernelModule(folder: URL): WebAssembly.Module | null {
  for (const build of builds) {
    const file = new URL(build, folder);
    if (!existsSync(file)) continue;
    const bytes = readFileSync(file);
    if (!WebAssembly.validate(bytes)) continue;
    const module = new WebAssembly.Module(bytes);
    // Once before threads rely on it.
    const arena = new Arena(allocateMemory(0));
    createSimdKernels(module, arena);
    return module;
  }
  return null;
}
