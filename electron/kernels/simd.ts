import type { Kernels } from './kernels';
import { bufferOf, type Arena } from './memory';
import { createReferenceKernels } from './reference';
import { createCategorical } from './simd/categorical';
import type { KernelExports } from './simd/exports';
import { createDiagonal } from './simd/diagonal';
import { createDiagonalAboutZero } from './simd/diagonalAboutZero';
import { createGaussian } from './simd/gaussian';
import { createLabelled } from './simd/labelled';
import { createMemberships } from './simd/memberships';
import { createObservedDiagonal } from './simd/observedDiagonal';
import { createObservedGaussian } from './simd/observedGaussian';
import { createSpherical } from './simd/spherical';
import { createTied } from './simd/tied';
import { createSphericalByDiagonal } from './sphericalByDiagonal';
import { createTiedByGaussian } from './tiedByGaussian';

/**
 * The compiled kernels over the memory of `arena`, in which their scratch lies. Rows in that memory are read where
 * they are; arrays elsewhere are copied in and out. What is not compiled is the reference's. Throws when this machine
 * cannot run them.
 */
export function createSimdKernels(module: WebAssembly.Module, arena: Arena): Kernels {
  const { memory } = arena;
  bufferOf(memory);
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const exports = instance.exports as unknown as KernelExports;
  const reference = createReferenceKernels();
  const gaussian = createGaussian(exports, arena);
  const diagonal = createDiagonal(exports, arena);
  return {
    ...reference,
    name: 'simd',
    ...gaussian,
    ...diagonal,
    ...createDiagonalAboutZero(exports, arena, diagonal),
    ...createLabelled(exports, arena),
    memberships: createMemberships(exports, arena),
    ...createCategorical(exports, arena, reference),
    ...createSpherical(exports, arena, createSphericalByDiagonal(diagonal)),
    ...createTied(exports, arena, createTiedByGaussian(gaussian)),
    observed: { ...createObservedGaussian(exports, arena), ...createObservedDiagonal(exports, arena) },
  };
}
