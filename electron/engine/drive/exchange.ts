import type { LatentModel, Params, Rows } from '../model';

/**
 * Above this many rows nothing is exchanged: the gain comes from n / (n - 1) of a cluster, which no longer differs
 * from one, and the pass is not shared between threads.
 */
const mostRows = 20_000;

/** A move must lower the distortion by more than this share of the row's part, or rounding could move rows forever. */
const leastGain = 1e-9;

/**
 * Moves single rows of a converged k-means to other clusters for as long as that lowers the distortion, counting
 * how both centres follow the row. Lloyd's iteration cannot see such moves and stops in optima that most restarts
 * share; after them it goes on from the parameters returned. null: no row could be moved, or there are too many
 * rows, or missing cells, or it was stopped.
 *
 * Source: Hartigan and Wong (1979), the optimal-transfer criterion: a row of weight w leaves a cluster of weight n
 * at a gain of n w / (n - w) |x - centre|^2 and enters another at a cost of n w / (n + w) |x - centre|^2.
 */
export function exchangeRows(
  model: LatentModel,
  rows: Rows,
  params: Params,
  isStopped: () => boolean,
): Params | null {
  const { n, d, x } = rows;
  const k = model.components;
  // With missing cells a cluster weighs differently in every feature, which the criterion does not know.
  if (n > mostRows || rows.hasMissing === true) return null;
  const { label, weight, mean } = clustersOf(model, rows, params);

  const distance = (row: number, cluster: number): number => {
    let s = 0;
    for (let a = 0; a < d; a++) {
      const e = x[row * d + a] - mean[cluster * d + a];
      s += e * e;
    }
    return s;
  };
  const move = (row: number, from: number, to: number, w: number): void => {
    for (let a = 0; a < d; a++) {
      const value = x[row * d + a];
      mean[from * d + a] -= (w * (value - mean[from * d + a])) / (weight[from] - w);
      mean[to * d + a] += (w * (value - mean[to * d + a])) / (weight[to] + w);
    }
    weight[from] -= w;
    weight[to] += w;
    label[row] = to;
  };

  let moved = false;
  let unmovedInARow = 0;
  for (let row = 0; unmovedInARow < n; row = (row + 1) % n) {
    if (row === 0 && isStopped()) break;
    unmovedInARow++;
    const from = label[row];
    const w = rows.weight?.[row] ?? 1;
    // The last row of a cluster, to rounding, has nothing to gain.
    if (w === 0 || !(weight[from] - w > leastGain * w)) continue;
    const gain = (weight[from] / (weight[from] - w)) * distance(row, from);
    let cost = gain * (1 - leastGain);
    let to = -1;
    for (let j = 0; j < k; j++) {
      if (j === from) continue;
      const own = (weight[j] / (weight[j] + w)) * distance(row, j);
      if (own < cost) {
        cost = own;
        to = j;
      }
    }
    if (to === -1) continue;
    move(row, from, to, w);
    moved = true;
    unmovedInARow = 0;
  }
  return moved ? centresOf(model, rows, label, params) : null;
}

/** The cluster of each row, and the weight and mean of each cluster. */
function clustersOf(
  model: LatentModel,
  rows: Rows,
  params: Params,
): { label: Int32Array; weight: Float64Array; mean: Float64Array } {
  const k = model.components;
  const memberships = new Float64Array(rows.n * k);
  model.posterior(params, rows, 0, rows.n, memberships, new Float64Array(rows.n));
  const label = Int32Array.from({ length: rows.n }, (_, i) =>
    memberships.subarray(i * k, (i + 1) * k).indexOf(1),
  );
  const weight = new Float64Array(k);
  for (let i = 0; i < rows.n; i++) weight[label[i]] += rows.weight?.[i] ?? 1;
  return { label, weight, mean: centresOf(model, rows, label, params).mean.slice() };
}

/** The M-step of given labels, afresh: running means have gathered rounding. */
function centresOf(model: LatentModel, rows: Rows, label: Int32Array, previous: Params): Params {
  const stats = model.emptyStats();
  const one = new Float64Array(model.components);
  for (let i = 0; i < rows.n; i++) {
    one.fill(0);
    one[label[i]] = 1;
    model.accumulateGiven(one, rows, i, i + 1, previous, stats);
  }
  const centres = model.maximise(stats, previous);
  if (!centres.ok) throw new Error('the M-step of k-means cannot fail');
  return centres.value;
}
