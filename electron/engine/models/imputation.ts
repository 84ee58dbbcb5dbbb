import type { ImputedCell, LatentModel, Params, Rows } from '../model';
import type { PlacedPart } from './mixture';
import type { Conditional, PartAt } from './mixturePart';

/** Rows whose memberships are found at once. By eye. */
const blockRows = 256;

/**
 * What a mixture expects in the missing cells of rows [from, to): the mean over components, weighted by memberships,
 * of each component's conditional mean given the observed cells; its variance adds that between components (law of
 * total variance). Of a category the most probable level and its probability.
 *
 * Source: Ghahramani and Jordan (1994), section 3, "Supervised learning from incomplete data via an EM approach".
 */
export function imputeCells(
  model: LatentModel,
  placed: readonly PlacedPart[],
  parts: readonly PartAt[],
  params: Params,
  rows: Rows,
  from: number,
  to: number,
): ImputedCell[] {
  const k = model.components;
  const d = model.features;
  const shares = new Float64Array(blockRows * k);
  const density = new Float64Array(blockRows);
  /** The first row of the block whose memberships are known. */
  let known = -1;
  const cells: ImputedCell[] = [];
  for (let row = from; row < to; row++) {
    const own = rows.x.subarray(row * d, (row + 1) * d);
    if (!own.some(Number.isNaN)) continue;
    const start = row - ((row - from) % blockRows);
    if (start !== known)
      model.posterior(params, rows, start, Math.min(to, start + blockRows), shares, density);
    known = start;
    const share = shares.subarray((row - start) * k, (row - start + 1) * k);
    for (const [p, { columns }] of placed.entries()) {
      const features = columns ?? own.map((_, a) => a);
      const x = Float64Array.from(features, (feature) => own[feature]);
      for (const [column, feature] of features.entries()) {
        if (!Number.isNaN(own[feature])) continue;
        const conditionals = Array.from(share, (_, j) => parts[p].conditional(x, 0, column, j));
        cells.push({ row, feature, ...average(conditionals, share) });
      }
    }
  }
  return cells.sort((a, b) => a.row - b.row || a.feature - b.feature);
}

function average(
  conditionals: readonly Conditional[],
  share: Float64Array,
): Pick<ImputedCell, 'value' | 'spread'> {
  let mean = 0;
  let square = 0;
  let levels: Float64Array | null = null;
  for (const [j, conditional] of conditionals.entries()) {
    if (conditional.kind === 'levels') {
      levels ??= new Float64Array(conditional.share.length);
      for (let c = 0; c < levels.length; c++) levels[c] += share[j] * conditional.share[c];
    } else {
      mean += share[j] * conditional.mean;
      square += share[j] * (conditional.variance + conditional.mean ** 2);
    }
  }
  if (levels === null) return { value: mean, spread: Math.sqrt(Math.max(0, square - mean * mean)) };
  const best = levels.indexOf(Math.max(...levels));
  return { value: best, spread: levels[best] };
}
