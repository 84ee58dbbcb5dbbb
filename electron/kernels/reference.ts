import type { Kernels } from './kernels';
import { createCategorical } from './reference/categoricalStep';
import { labelledSums, nearestCentres } from './reference/centres';
import { createGaussianLogDensities, diagonalLogDensities } from './reference/densities';
import { memberships } from './reference/memberships';
import { createMoments } from './reference/moments';
import { createObservedDiagonal } from './reference/observedDiagonal';
import { createObservedGaussian } from './reference/observedGaussian';
import { createPosteriors, createSteps } from './reference/steps';
import { createSphericalByDiagonal } from './sphericalByDiagonal';
import { createTiedByGaussian } from './tiedByGaussian';

/**
 * The kernels in plain TypeScript: the oracle the fast ones are tested against, and fast enough for small data.
 * Each instance owns its scratch memory and belongs to one thread.
 */
export function createReferenceKernels(): Kernels {
  const gaussianLogDensities = createGaussianLogDensities();
  const moments = createMoments();
  const parts = { gaussianLogDensities, diagonalLogDensities, memberships, ...moments };
  const steps = createSteps(parts);
  const posteriors = createPosteriors(parts);
  return {
    name: 'reference',
    nearestCentres,
    labelledSums,
    gaussianLogDensities,
    diagonalLogDensities,
    memberships,
    ...moments,
    ...createCategorical(),
    ...steps,
    ...posteriors,
    ...createSphericalByDiagonal({ ...steps, ...posteriors }),
    ...createTiedByGaussian({ ...steps, ...posteriors }),
    observed: { ...createObservedGaussian(parts), ...createObservedDiagonal(parts) },
  };
}
