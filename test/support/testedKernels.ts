import { inject } from 'vitest';
import { serialEStep } from '../../electron/engine/drive/eStep';
import type { Restart } from '../../electron/engine/drive/restarts';
import type { FeatureSpace } from '../../electron/engine/featureSpace';
import type { LatentModel, Rows } from '../../electron/engine/model';
import { createModel } from '../../electron/engine/models/registry';
import type { Kernels } from '../../electron/kernels/kernels';
import { createReferenceKernels } from '../../electron/kernels/reference';
import type { ModelSpecification } from '../../shared/model';
import { builds, kMeansRunOn } from '../kernels/kMeansOnMemory';
import { simdKernels } from './simdKernels';

declare module 'vitest' {
  interface ProvidedContext {
    /** What the tests of a project run on (`build/vitest.config.ts`). */
    kernels: 'reference' | 'simd';
  }
}

let compiled: Kernels | null = null;

/** A model on the kernels that this project's tests are run on. */
export const createTestedModel = (specification: ModelSpecification, space: FeatureSpace): LatentModel =>
  createModel(
    specification,
    space,
    inject('kernels') === 'simd' ? (compiled ??= simdKernels()) : createReferenceKernels(),
  );

type RunOn = Pick<Restart, 'eStepOf' | 'seeding'>;

/** The E-step of any model in turn over its chunks, and loops over rows for seeding. */
export const plainRunOn = (rows: Rows): RunOn => ({
  eStepOf: (model) => serialEStep(model, rows, () => false),
});

/** What a run is made on: k-means has passes of its own among the compiled kernels, for complete rows. */
export function testedRunOn({ family, components }: ModelSpecification, rows: Rows): RunOn {
  const hasPasses = inject('kernels') === 'simd' && family === 'kmeans' && rows.hasMissing !== true;
  return hasPasses ? kMeansRunOn(builds[0].module, rows, components) : plainRunOn(rows);
}
