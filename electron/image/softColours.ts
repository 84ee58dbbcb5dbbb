import { em } from '../engine/drive/em';
import { serialEStep } from '../engine/drive/eStep';
import { initialise } from '../engine/drive/starts';
import { drain } from '../engine/drive/run';
import { plainStage } from '../engine/drive/stage';
import type { LatentModel, Params, Rows } from '../engine/model';
import { createRandom } from '../engine/numeric/random';
import type { Workplace } from '../engine/selection/workplace';
import { coarseHistogram } from './coarseHistogram';
import { mixtureModel, posteriorOf } from './colourMixture';
import type { ColourHistogram } from './colourHistogram';
import type { WeightedPoints } from './partition';

/** A mixture fitted to the colours of a picture. */
export interface SoftColours {
  /** k x d. */
  readonly centres: Float64Array;
  /** Of the components, as the Gaussian family has them. */
  readonly params: Params;
  /** The most probable component of each point. */
  readonly label: Uint8Array;
  /** The weight of the points that each is the most probable of. */
  readonly weight: Float64Array;
  /** Log-likelihood of all pixels at each iteration. */
  readonly trace: readonly number[];
  readonly converged: boolean;
}

const runOptions = { tolerance: 1e-6, maxIterations: 200 };

/** More are fitted by their means in cells of so many bits of a channel. By eye. */
const mostPoints = 30_000;
const cellBits = 5;

/** Points whose probabilities are found at once. */
const blockPoints = 4096;

/**
 * Fits a mixture of Gaussians with a full covariance each (EM; Bishop, 2006, section 9.2.2) to weighted colours, from
 * centres of a k-means. `points`: the colours of the histogram in the space; of very many the means of cells are fitted.
 * `step`: of 8 bits in the space; its variance as rounding, step^2 / 12 (Sheppard, 1898), is added to each, so that many
 * pixels of one colour are no singularity. Null: stopped, or the colours do not hold so many components.
 */
export function softColours(
  histogram: ColourHistogram,
  points: WeightedPoints,
  centres: Float64Array,
  step: number,
  workplace: Workplace,
  shouldStop: () => boolean,
): SoftColours | null {
  const { n, d } = points;
  const k = centres.length / d;
  const rows = placed(n <= mostPoints ? points : meansOf(histogram, points), workplace);
  const model = mixtureModel(k, d, step ** 2 / 12, workplace.kernels);
  const stops = (): 'cancelled' | null => (shouldStop() ? 'cancelled' : null);
  const list = Array.from({ length: k }, (_, j) => [...centres.subarray(j * d, (j + 1) * d)]);
  const tools = {
    random: createRandom(0, 'soft'),
    eStepOf: () => serialEStep(model, rows, shouldStop),
    seeding: () => null,
    shouldStop: stops,
  };
  const begun = initialise(model, rows, { centres: list }, tools);
  if (!begun.ok) return null;
  const outcome = drain(
    em(model, serialEStep(model, rows, shouldStop), begun.value.params, {
      ...runOptions,
      stages: [plainStage({ kind: 'soft' })],
      shouldStop: stops,
      measuresBound: false,
      measure: serialEStep(model, rows, () => false),
    }),
  );
  if (!outcome.ok) return null;
  const { params } = outcome;
  return {
    ...{ centres: params.mean, params },
    ...mostProbable(points, model, params),
    trace: outcome.trace,
    converged: outcome.stopped === 'converged',
  };
}

function meansOf(histogram: ColourHistogram, { x, d }: WeightedPoints): WeightedPoints {
  const cells = coarseHistogram(histogram, x, d, cellBits);
  return { x: cells.x, weight: cells.weight, n: cells.size, d };
}

function placed({ x, weight, n, d }: WeightedPoints, workplace: Workplace): Rows {
  const rows = workplace.place(n, d, { hasWeight: true, hasLabel: false, hasMissing: false });
  rows.x.set(x);
  rows.weight?.set(weight);
  return rows;
}

function mostProbable(
  points: WeightedPoints,
  model: LatentModel,
  params: Params,
): { label: Uint8Array; weight: Float64Array } {
  const { weight, n } = points;
  const k = model.components;
  const label = new Uint8Array(n);
  const mass = new Float64Array(k);
  for (let from = 0; from < n; from += blockPoints) {
    const to = Math.min(n, from + blockPoints);
    const shares = posteriorOf(model, params, points, from, to);
    for (let i = from; i < to; i++) {
      const own = (i - from) * k;
      let most = 0;
      for (let j = 1; j < k; j++) if (shares[own + j] > shares[own + most]) most = j;
      label[i] = most;
      mass[most] += weight[i];
    }
  }
  return { label, weight: mass };
}
