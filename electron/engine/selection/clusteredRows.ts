import type { Rows } from '../model';

/** Rows in the order of their clusters, so that a block of them is of one cluster. */
export interface ClusteredRows {
  readonly d: number;
  readonly hasMissing: boolean;
  /** The row of each place. */
  readonly row: Int32Array;
  /** k + 1: cluster c has places [first[c], first[c + 1]). */
  readonly first: Int32Array;
  /** By place, x d. */
  readonly x: Float64Array;
  /** By place. */
  readonly weight: Float64Array;
}

/**
 * Puts rows in the order of their clusters, in their own order within each. Rows without a cluster (a label below 0),
 * without weight or without any cell have no distances and are left out.
 *
 * label  IN  n, below k
 */
export function clusterRows(rows: Rows, label: Int32Array, k: number): ClusteredRows {
  const { n, weight } = rows;
  const counts = (i: number): boolean => label[i] >= 0 && weight?.[i] !== 0 && hasCell(rows, i);
  const first = new Int32Array(k + 1);
  for (let i = 0; i < n; i++) if (counts(i)) first[label[i] + 1]++;
  for (let c = 0; c < k; c++) first[c + 1] += first[c];
  const next = first.slice();
  const row = new Int32Array(first[k]);
  for (let i = 0; i < n; i++) if (counts(i)) row[next[label[i]]++] = i;
  return placed(rows, row, first);
}

/** Rows at places, whose clusters begin at `first`. */
function placed(rows: Rows, row: Int32Array, first: Int32Array): ClusteredRows {
  const { d, weight } = rows;
  const x = new Float64Array(row.length * d);
  row.forEach((i, place) => x.set(rows.x.subarray(i * d, (i + 1) * d), place * d));
  const own = Float64Array.from(row, (i) => weight?.[i] ?? 1);
  return { d, hasMissing: rows.hasMissing === true, row, first, x, weight: own };
}

/** Some of the places, in ascending order. */
export function takePlaces(clustered: ClusteredRows, places: Int32Array): ClusteredRows {
  const { d, x, first, weight } = clustered;
  const part = new Float64Array(places.length * d);
  places.forEach((place, to) => part.set(x.subarray(place * d, (place + 1) * d), to * d));
  let place = 0;
  const begins = first.map((end) => {
    while (place < places.length && places[place] < end) place++;
    return place;
  });
  return {
    ...clustered,
    row: places.map((at) => clustered.row[at]),
    first: begins,
    x: part,
    weight: Float64Array.from(places, (at) => weight[at]),
  };
}

/** k, sums of weights. */
export function clusterWeights({ first, weight }: ClusteredRows): Float64Array {
  return Float64Array.from({ length: first.length - 1 }, (_, c) =>
    weight.subarray(first[c], first[c + 1]).reduce((sum, value) => sum + value, 0),
  );
}

function hasCell({ x, d, hasMissing }: Rows, i: number): boolean {
  if (hasMissing !== true) return true;
  for (let a = 0; a < d; a++) if (!Number.isNaN(x[i * d + a])) return true;
  return false;
}
