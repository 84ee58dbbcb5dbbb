import type { Kernels } from '../kernels/kernels';
import { Arena } from '../kernels/memory';
import { createReferenceKernels } from '../kernels/reference';
import { createSimdKernels } from '../kernels/simd';
import type { SharedRows } from './sharedRows';

/** Kernels whose scratch lies beside rows that others read too, to be given back after use. */
export interface BorrowedKernels {
  readonly kernels: Kernels;
  release(): void;
}

/** Kernels for rows in shared memory. `module` null: plain ones. */
export function kernelsBeside(module: WebAssembly.Module | null, { memory }: SharedRows): BorrowedKernels {
  if (module === null) return { kernels: createReferenceKernels(), release: () => undefined };
  const arena = new Arena(memory);
  try {
    return { kernels: createSimdKernels(module, arena), release: () => arena.release() };
  } catch (error) {
    arena.release();
    throw error;
  }
}
