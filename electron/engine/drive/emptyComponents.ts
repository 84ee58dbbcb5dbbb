import type { LatentModel, Params, Rows } from '../model';
import { chunkRows } from '../rows';
import type { EStep } from './eStep';

/**
 * Wraps an E-step so that each component without rows is given one: in ascending order of the empty components,
 * the row that fits worst where it is (farthest from its centre), moved out of its component's statistics into
 * the empty one's. The M-step then puts the centre on that row, which can only lower the distortion.
 *
 * A row alone in its component stays (that component would be the next empty one), as do rows of weight zero and
 * rows that fit perfectly. Rows equally far: the one with the smaller coordinates, so that the order of the rows
 * does not matter. When no row is left to move, the rest of the empty components is named as unfilled.
 *
 * Statistics add, so a move is adding the row with membership -1 here and +1 there, for any model. It needs a
 * look at all rows, on this thread; it happens a few times in the first iterations of an unlucky start.
 *
 * Source: scikit-learn's rule (`_relocate_empty_clusters_dense`), with the two exceptions above.
 */
export function refillingEStep(model: LatentModel, rows: Rows, eStep: EStep): EStep {
  return (params, policy) => {
    const step = eStep(params, policy);
    if (step === null) return null;
    const empty = [...step.stats.weight.keys()].filter((component) => step.stats.weight[component] === 0);
    if (empty.length === 0) return step;
    const worst = worstRows(model, rows, params, empty.length);
    const k = model.components;
    worst.forEach(({ row, component }, index) => {
      const move = new Float64Array(k);
      move[component] = -1;
      move[empty[index]] = 1;
      model.accumulateGiven(move, rows, row, row + 1, params, step.stats);
    });
    return { ...step, refilled: empty.slice(0, worst.length), unfilled: empty.slice(worst.length) };
  };
}

interface Misfit {
  readonly row: number;
  readonly component: number;
  readonly logDensity: number;
}

/** Up to `count` rows, the worst first, that may leave their component. */
function worstRows(model: LatentModel, rows: Rows, params: Params, count: number): Misfit[] {
  const k = model.components;
  const size = chunkRows(rows.n);
  const memberships = new Float64Array(size * k);
  const logDensity = new Float64Array(size);
  const members = new Int32Array(k);
  // Each component can make us pass over one row, the last it has.
  const worst = shortList(count + k, rows);
  for (let from = 0; from < rows.n; from += size) {
    const to = Math.min(rows.n, from + size);
    model.posterior(params, rows, from, to, memberships, logDensity);
    for (let row = from; row < to; row++) {
      if (rows.weight?.[row] === 0) continue;
      const component = memberships.subarray((row - from) * k, (row - from + 1) * k).indexOf(1);
      members[component]++;
      if (logDensity[row - from] < 0) worst.offer({ row, component, logDensity: logDensity[row - from] });
    }
  }
  const chosen: Misfit[] = [];
  for (const misfit of worst.list) {
    if (chosen.length === count) break;
    if (members[misfit.component] < 2) continue;
    members[misfit.component]--;
    chosen.push(misfit);
  }
  return chosen;
}

/** Keeps the `length` worst of the rows offered, the worst first. */
function shortList(length: number, rows: Rows): { list: readonly Misfit[]; offer: (misfit: Misfit) => void } {
  const list: Misfit[] = [];
  const isWorse = (a: Misfit, b: Misfit): boolean =>
    a.logDensity < b.logDensity || (a.logDensity === b.logDensity && compareRows(rows, a.row, b.row) < 0);
  const offer = (misfit: Misfit): void => {
    if (list.length === length && !isWorse(misfit, list[length - 1])) return;
    const before = list.findIndex((other) => isWorse(misfit, other));
    list.splice(before === -1 ? list.length : before, 0, misfit);
    if (list.length > length) list.pop();
  };
  return { list, offer };
}

/** By the first coordinate that differs. */
function compareRows({ x, d }: Rows, a: number, b: number): number {
  for (let i = 0; i < d; i++) {
    const difference = x[a * d + i] - x[b * d + i];
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The E-step a model needs: with refilling where an empty component is not the end. */
export function completeEStep(model: LatentModel, rows: Rows, eStep: EStep): EStep {
  return model.capabilities.emptyComponents === 'refill' ? refillingEStep(model, rows, eStep) : eStep;
}
