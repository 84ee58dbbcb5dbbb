import type { SearchPrecision } from './searchCentres';
import type { LatentModel, Params, Rows } from '../engine/model';
import type { Workplace } from '../engine/selection/workplace';
import { cellPerColour, cellsFor, coarseHistogram } from './coarseHistogram';
import { posteriorOf } from './colourMixture';
import { fitComponents } from './fitComponents';
import type { ColourHistogram } from './colourHistogram';
import type { WeightedPoints } from './partition';

/** A mixture fitted to the colours of a picture. */
export interface SoftColours {
  /** k x d: means of components; centres without any point, or whose component lost its points, are where they were. */
  readonly centres: Float64Array;
  /** Of the components, as the Gaussian family has them. */
  readonly params: Params;
  /** The centre of each component. */
  readonly centreOf: Int32Array;
  /** The centre whose component is the most probable of each point. */
  readonly label: Uint8Array;
  /** k: the weight of the points that each is the most probable of. */
  readonly weight: Float64Array;
  /** Log-likelihood of all pixels at each iteration. */
  readonly trace: readonly number[];
  readonly converged: boolean;
}

/** More are fitted by their means in cells of so many bits of a channel. By eye. */
const mostPoints = 30_000;
const cellBits = 5;

const wholeEffort = { tolerance: 1e-6, maxIterations: 200 };

/** Densities, of a point in a component, that a preview may cost: a tenth of a second. Measured. */
const mostDensities = 1.5e6;
const previewEffort = (n: number, k: number) => ({
  tolerance: 1e-4,
  maxIterations: Math.min(20, Math.max(2, Math.floor(mostDensities / (n * k)))),
});

/** Points whose probabilities are found at once. */
const blockPoints = 4096;

/**
 * Fits a mixture of Gaussians with a full covariance each to weighted colours, from the centres of a k-means.
 * `points`: the colours of the histogram in the space; of very many the means of cells are fitted. `step`: of 8 bits in
 * the space; its variance as rounding, step^2 / 12 (Sheppard, 1898), is added to each, so that many pixels of one colour
 * are no singularity; with cells also the mean variance inside them, of which their means know nothing: else components
 * shrink to single cells, and wide ones take the rest. A preview ends after few iterations, and a colour goes with its
 * cell. Null: stopped.
 */
export function softColours(
  histogram: ColourHistogram,
  points: WeightedPoints,
  centres: Float64Array,
  step: number,
  workplace: Workplace,
  precision: SearchPrecision,
  shouldStop: () => boolean,
): SoftColours | null {
  const { d } = points;
  const isPreview = precision === 'preview';
  const cells =
    isPreview || points.n > mostPoints
      ? cellsFor(
          centres.length / d,
          (bits) => coarseHistogram(cellPerColour(histogram, points), bits),
          cellBits,
        )
      : null;
  const fitted = cells ?? points;
  const begun = withPoints(centres, fitted, workplace);
  const rows = placed(fitted, workplace);
  const spread = cells === null ? 0 : cells.within / (totalOf(points.weight) * d);
  const found = fitComponents(
    rows,
    Array.from(begun, (j) => [...centres.subarray(j * d, (j + 1) * d)]),
    step ** 2 / 12 + spread,
    isPreview ? previewEffort(fitted.n, begun.length) : wholeEffort,
    workplace.kernels,
    shouldStop,
  );
  if (found === null) return null;
  const { model, params, trace, converged } = found;
  const centreOf = found.from.map((j) => begun[j]);
  const most = gathered(Uint8Array.from(centreOf), mostProbable(isPreview ? fitted : points, model, params));
  const label = isPreview && cells !== null ? gathered(most, cells.cell) : most;
  const moved = centres.slice();
  centreOf.forEach((j, component) =>
    moved.set(params.mean.subarray(component * d, (component + 1) * d), j * d),
  );
  return {
    centres: moved,
    params,
    centreOf,
    label,
    weight: weightOf(points, label, centres.length / d),
    trace,
    converged,
  };
}

/** The centres that are nearest to any point: several may lie in one cell, locked ones far from all. */
function withPoints(centres: Float64Array, { x, n, d }: WeightedPoints, { kernels }: Workplace): Int32Array {
  const nearest = new Int32Array(n);
  kernels.nearestCentres(x, 0, n, d, centres, centres.length / d, nearest, new Float64Array(n));
  return Int32Array.from(new Set(nearest)).sort();
}

function placed({ x, weight, n, d }: WeightedPoints, workplace: Workplace): Rows {
  const rows = workplace.place(n, d, { hasWeight: true, hasLabel: false, hasMissing: false });
  rows.x.set(x);
  rows.weight?.set(weight);
  return rows;
}

/** The most probable component of each point. */
function mostProbable(points: WeightedPoints, model: LatentModel, params: Params): Uint8Array {
  const { n } = points;
  const k = model.components;
  const label = new Uint8Array(n);
  for (let from = 0; from < n; from += blockPoints) {
    const to = Math.min(n, from + blockPoints);
    const shares = posteriorOf(model, params, points, from, to);
    for (let i = 0; i < to - from; i++) {
      let most = 0;
      for (let j = 1; j < k; j++) if (shares[i * k + j] > shares[i * k + most]) most = j;
      label[from + i] = most;
    }
  }
  return label;
}

const totalOf = (weight: Float64Array): number => weight.reduce((sum, own) => sum + own, 0);

/** The value of each place. */
function gathered(values: Uint8Array, places: Uint32Array | Uint8Array): Uint8Array {
  const out = new Uint8Array(places.length);
  for (let i = 0; i < places.length; i++) out[i] = values[places[i]];
  return out;
}

function weightOf({ weight }: WeightedPoints, label: Uint8Array, k: number): Float64Array {
  const mass = new Float64Array(k);
  for (let i = 0; i < label.length; i++) mass[label[i]] += weight[i];
  return mass;
}
