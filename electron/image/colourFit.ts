import { em, type RunOptions } from '../engine/drive/em';
import { completeEStep } from '../engine/drive/emptyComponents';
import { serialEStep } from '../engine/drive/eStep';
import { plainSeeding } from '../engine/drive/plainSeeding';
import { drain } from '../engine/drive/run';
import { seedCentres } from '../engine/drive/seeding';
import { plainStage } from '../engine/drive/stage';
import { numberFeatures } from '../engine/featureSpace';
import { createModel } from '../engine/models/registry';
import { createRandom } from '../engine/numeric/random';
import type { Workplace } from '../engine/selection/workplace';
import { seedingBeside, withFixedCentres } from './fixedCentres';
import { overRelaxation } from './overRelaxation';
import type { WeightedPoints } from './partition';

/** A k-means of weighted points, the first centres of which may be locked, on the engine's passes. */
export interface ColourFit {
  /**
   * k-means++ beside the locked centres, the same for the same seed and restart. Null: there are fewer distinct points
   * than centres, or it was stopped.
   */
  seeds(seed: number, restart: number): Float64Array | null;
  /** Lloyd's algorithm from k x d centres; null when it was stopped before the first distortion was known. */
  run(centres: Float64Array, options: LloydOptions): LloydRun | null;
  /** The weight of the points nearest to each centre; null when it was stopped. */
  weights(centres: Float64Array): Float64Array | null;
}

export interface LloydOptions {
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Ends as low in a third of the iterations, and on another way. @default false */
  readonly isOverRelaxed?: boolean;
  readonly onIteration?: ((distortion: number) => void) | undefined;
}

export interface LloydRun {
  readonly centres: Float64Array;
  readonly distortion: number;
  readonly converged: boolean;
  /** The distortion at each iteration, entry 0 at the start. */
  readonly trace: readonly number[];
}

/** `locked`: the first centres, `lockedCoordinates` of each do not move. Rows are placed anew: what the workplace held before is gone. */
export function colourFit(
  { x, weight, n, d }: WeightedPoints,
  k: number,
  locked: readonly Float64Array[],
  workplace: Workplace,
  shouldStop: () => boolean,
  lockedCoordinates = d,
): ColourFit {
  const rows = workplace.place(n, d, { hasWeight: true, hasLabel: false, hasMissing: false });
  rows.x.set(x);
  rows.weight?.set(weight);
  const passes = workplace.kMeansPasses(rows, k);
  const model = withFixedCentres(
    createModel({ family: 'kmeans', components: k }, numberFeatures(d), workplace.kernels),
    locked.length,
    lockedCoordinates,
  );
  const plain = serialEStep(model, rows, shouldStop);
  const ownEStep = passes?.eStep(plain) ?? plain;
  const eStep = completeEStep(model, rows, ownEStep);
  const options: Omit<RunOptions, keyof LloydOptions | 'stages'> = {
    shouldStop: () => (shouldStop() ? 'cancelled' : null),
    measuresBound: false,
    measure: serialEStep(model, rows, () => false),
  };

  return {
    seeds(seed, restart) {
      const centres = new Float64Array(k * d);
      locked.forEach((centre, j) => centres.set(centre, j * d));
      if (locked.length === k) return centres;
      const random = createRandom(seed, 'colours', restart);
      const seeding = seedingBeside(passes?.seeding() ?? plainSeeding(rows, k, shouldStop), locked);
      const found = seedCentres(rows, k - locked.length, 'distance', random, shouldStop, seeding);
      if (found === null || !found.ok) return null;
      centres.set(found.value, locked.length * d);
      return centres;
    },

    run(centres, { tolerance, maxIterations, isOverRelaxed = false, onIteration }) {
      const lloyd = plainStage({ kind: 'hard' });
      const stages = [isOverRelaxed ? { ...lloyd, accelerator: overRelaxation() } : lloyd];
      const run = em(model, eStep, { mean: centres }, { ...options, stages, tolerance, maxIterations });
      const outcome = drain(run, ({ objective }) => onIteration?.(-objective));
      if (!outcome.ok) return null;
      return {
        centres: outcome.params.mean,
        distortion: -outcome.objective,
        converged: outcome.stopped === 'converged',
        trace: outcome.trace.map((objective) => -objective),
      };
    },

    weights: (centres) => ownEStep({ mean: centres }, { kind: 'hard' })?.stats.weight ?? null,
  };
}
