import { binEnds, binFinder } from './binEnds';

/** Bins of a column of numbers that hold about as many values each, and how the clusters fill them. */
export interface FilledBins {
  /** Weight of the rows in each bin and cluster, bins x clusters, rows counted by membership. */
  readonly mass: Float64Array;
  readonly bins: number;
  /** Bin of each row; `noBin` where its cell is missing. */
  readonly binOf: Uint16Array;
}

const noBin = 0xffff;

/**
 * Puts the values of a column into bins between values of its own, and adds up what the clusters have in each.
 *
 * values       IN  n, NaN for a missing cell
 * memberships  IN  n x k
 * weight       IN  n, >= 0; absent: all ones
 */
export function fillBins(
  values: Float64Array,
  memberships: Float64Array,
  k: number,
  weight: Float64Array | undefined,
): FilledBins {
  const n = values.length;
  const ends = binEnds(values);
  const find = binFinder(ends);
  const bins = ends.length + 1;
  const mass = new Float64Array(bins * k);
  const binOf = new Uint16Array(n).fill(noBin);
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    const bin = find(value);
    binOf[i] = bin;
    const w = weight ? weight[i] : 1;
    for (let j = 0; j < k; j++) mass[bin * k + j] += w * memberships[i * k + j];
  }
  return { mass, bins, binOf };
}

/**
 * Exact quantiles of the column in each cluster and, last, in all of them together, (k + 1) x shares; NaN where there is
 * no cell. Where a share is reached exactly between two values, their mean, so that a row of weight two equals the row
 * twice.
 *
 * shares  IN  in (0, 1)
 *
 * Source: Hyndman and Fan (1996), definition 2, with weights.
 */
export function quantiles(
  values: Float64Array,
  memberships: Float64Array,
  k: number,
  weight: Float64Array | undefined,
  { mass, bins, binOf }: FilledBins,
  shares: readonly number[],
): Float64Array {
  const wanted = new Set<number>();
  const searches: Search[] = [];
  const withAll = massWithAll(mass, k);
  for (let j = 0; j <= k; j++) {
    let total = 0;
    for (let bin = 0; bin < bins; bin++) total += withAll[bin * (k + 1) + j];
    for (const share of shares)
      for (const side of [-1, 1]) {
        // A sum of memberships is exact to about this: then the share counts as reached.
        const target = total * share * (1 + side * 1e-12);
        const found = total > 0 ? binReaching(withAll, bins, k + 1, j, target) : null;
        if (found) wanted.add(found.bin);
        searches.push({ cluster: j, target, found });
      }
  }
  const inBin = massByValue(values, memberships, k, weight, binOf, wanted);
  const ends = searches.map(({ cluster, target, found }) =>
    found === null ? NaN : valueReaching(inBin.get(found.bin) ?? [], cluster, target - found.before),
  );
  return Float64Array.from(
    { length: (k + 1) * shares.length },
    (_, at) => (ends[2 * at] + ends[2 * at + 1]) / 2,
  );
}

/** Rows of k numbers, each with their sum behind them. */
function massWithAll(mass: Float64Array, k: number): Float64Array {
  const rows = mass.length / k;
  const withAll = new Float64Array(rows * (k + 1));
  for (let row = 0; row < rows; row++) {
    const own = mass.subarray(row * k, (row + 1) * k);
    withAll.set(own, row * (k + 1));
    withAll[row * (k + 1) + k] = own.reduce((sum, one) => sum + one, 0);
  }
  return withAll;
}

interface Search {
  readonly cluster: number;
  readonly target: number;
  readonly found: { readonly bin: number; readonly before: number } | null;
}

/** The first bin up to which a cluster has `target`, and what it has before it. */
function binReaching(mass: Float64Array, bins: number, k: number, cluster: number, target: number) {
  let before = 0;
  let last = 0;
  for (let bin = 0; bin < bins; bin++) {
    const own = mass[bin * k + cluster];
    if (own === 0) continue;
    if (before + own >= target) return { bin, before };
    before += own;
    last = bin;
  }
  return { bin: last, before: before - mass[last * k + cluster] };
}

interface ValueMass {
  readonly value: number;
  readonly mass: Float64Array;
}

/** The values in each of some bins, ascending, with what the clusters have of each. */
function massByValue(
  values: Float64Array,
  memberships: Float64Array,
  k: number,
  weight: Float64Array | undefined,
  binOf: Uint16Array,
  wanted: ReadonlySet<number>,
): Map<number, ValueMass[]> {
  const byBin = new Map([...wanted].map((bin) => [bin, new Map<number, Float64Array>()]));
  for (let i = 0; i < values.length; i++) {
    const known = byBin.get(binOf[i]);
    if (!known) continue;
    let mass = known.get(values[i]);
    if (!mass) {
      mass = new Float64Array(k + 1);
      known.set(values[i], mass);
    }
    const w = weight ? weight[i] : 1;
    for (let j = 0; j < k; j++) {
      const share = w * memberships[i * k + j];
      mass[j] += share;
      mass[k] += share;
    }
  }
  return new Map(
    Array.from(byBin, ([bin, known]) => [
      bin,
      Array.from(known, ([value, mass]) => ({ value, mass })).sort((a, b) => a.value - b.value),
    ]),
  );
}

function valueReaching(entries: readonly ValueMass[], cluster: number, target: number): number {
  let sum = 0;
  let last = NaN;
  for (const { value, mass } of entries) {
    if (mass[cluster] === 0) continue;
    sum += mass[cluster];
    last = value;
    if (sum >= target) return value;
  }
  return last;
}
