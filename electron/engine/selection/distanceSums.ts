import type { ClusteredRows } from './clusteredRows';

/** Rows worked against each other at once, so that both blocks stay in the cache. By eye. */
const blockRows = 128;

/**
 * Of each place the weighted sum of its Euclidean distances to the rows of each cluster, and the weight of those it
 * shares no cell with, whose distance nobody knows: k x places each. Where cells are missing, a squared distance is over
 * the cells both rows have, scaled up to all columns (Dixon, 1979).
 */
export interface DistanceSums {
  readonly sum: Float64Array;
  readonly unknown: Float64Array;
}

/** Of all rows to all rows; each distance is computed once. */
export function distancesAmong(rows: ClusteredRows): DistanceSums {
  const { first, row } = rows;
  const k = first.length - 1;
  const n = row.length;
  const found = emptySums(k, n);
  const blocks = blocksOf(first);
  for (const [p, one] of blocks.entries())
    for (let q = p; q < blocks.length; q++) {
      const other = blocks[q];
      const ownTo = sumsTo(found, other.cluster, n);
      const otherTo = sumsTo(found, one.cluster, n);
      addDistances(rows, one, rows, other, ownTo, otherTo, p === q);
    }
  return found;
}

/** Of each of `rows` to all of `references`, which are in clusters of the same numbers. */
export function distancesTo(rows: ClusteredRows, references: ClusteredRows): DistanceSums {
  const k = references.first.length - 1;
  const n = rows.row.length;
  const found = emptySums(k, n);
  const unused = sumsTo(emptySums(1, references.row.length), 0, references.row.length);
  const blocks = blocksOf(references.first);
  for (const one of blocksOf(rows.first))
    for (const other of blocks)
      addDistances(rows, one, references, other, sumsTo(found, other.cluster, n), unused, false);
  return found;
}

/** Of each place the sum to its own cluster alone. */
export function distancesWithin(rows: ClusteredRows): Float64Array {
  const n = rows.row.length;
  const own = sumsTo(emptySums(1, n), 0, n);
  const blocks = blocksOf(rows.first);
  for (const [p, one] of blocks.entries())
    for (let q = p; q < blocks.length && blocks[q].cluster === one.cluster; q++)
      addDistances(rows, one, rows, blocks[q], own, own, p === q);
  return own.sum;
}

/** Places [from, to), all of one cluster. */
interface Block {
  readonly cluster: number;
  readonly from: number;
  readonly to: number;
}

function blocksOf(first: Int32Array): Block[] {
  const blocks: Block[] = [];
  for (let cluster = 0; cluster + 1 < first.length; cluster++)
    for (let from = first[cluster]; from < first[cluster + 1]; from += blockRows)
      blocks.push({ cluster, from, to: Math.min(first[cluster + 1], from + blockRows) });
  return blocks;
}

const emptySums = (k: number, n: number): DistanceSums => ({
  sum: new Float64Array(k * n),
  unknown: new Float64Array(k * n),
});

const sumsTo = ({ sum, unknown }: DistanceSums, cluster: number, n: number): DistanceSums => ({
  sum: sum.subarray(cluster * n, (cluster + 1) * n),
  unknown: unknown.subarray(cluster * n, (cluster + 1) * n),
});

/**
 * Adds the distances between two blocks, for the rows of the first and for those of the second. `isSame`: they are the
 * same block, and each pair counts once.
 */
function addDistances(
  first: ClusteredRows,
  one: Block,
  second: ClusteredRows,
  other: Block,
  toOther: DistanceSums,
  toOne: DistanceSums,
  isSame: boolean,
): void {
  const add = first.hasMissing || second.hasMissing ? addRowObserved : addRow;
  for (let i = one.from; i < one.to; i++)
    add(first, i, second, isSame ? i + 1 : other.from, other.to, toOther, toOne);
}

type AddRow = (
  first: ClusteredRows,
  i: number,
  second: ClusteredRows,
  from: number,
  to: number,
  toOther: DistanceSums,
  toOne: DistanceSums,
) => void;

/** Row i against [from, to), four at a time: one alone waits for its own last addition. */
const addRow: AddRow = (first, i, second, from, to, toOther, toOne) => {
  const { x, d } = first;
  const y = second.x;
  const weight = second.weight;
  const back = toOne.sum;
  const own = first.weight[i];
  const row = i * d;
  let total = 0;
  let j = from;
  for (; j + 4 <= to; j += 4) {
    const row0 = j * d;
    const row1 = row0 + d;
    const row2 = row1 + d;
    const row3 = row2 + d;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let a = 0; a < d; a++) {
      const value = x[row + a];
      const e0 = value - y[row0 + a];
      const e1 = value - y[row1 + a];
      const e2 = value - y[row2 + a];
      const e3 = value - y[row3 + a];
      s0 += e0 * e0;
      s1 += e1 * e1;
      s2 += e2 * e2;
      s3 += e3 * e3;
    }
    s0 = Math.sqrt(s0);
    s1 = Math.sqrt(s1);
    s2 = Math.sqrt(s2);
    s3 = Math.sqrt(s3);
    total += weight[j] * s0 + weight[j + 1] * s1 + weight[j + 2] * s2 + weight[j + 3] * s3;
    back[j] += own * s0;
    back[j + 1] += own * s1;
    back[j + 2] += own * s2;
    back[j + 3] += own * s3;
  }
  for (; j < to; j++) {
    let s = 0;
    for (let a = 0; a < d; a++) {
      const e = x[row + a] - y[j * d + a];
      s += e * e;
    }
    s = Math.sqrt(s);
    total += weight[j] * s;
    back[j] += own * s;
  }
  toOther.sum[i] += total;
};

/** The same where cells may be missing. */
const addRowObserved: AddRow = (first, i, second, from, to, toOther, toOne) => {
  const { x, d } = first;
  const y = second.x;
  for (let j = from; j < to; j++) {
    let s = 0;
    let shared = 0;
    for (let a = 0; a < d; a++) {
      const e = x[i * d + a] - y[j * d + a];
      if (e === e) {
        s += e * e;
        shared++;
      }
    }
    if (shared === 0) {
      toOther.unknown[i] += second.weight[j];
      toOne.unknown[j] += first.weight[i];
    } else {
      const distance = Math.sqrt((s * d) / shared);
      toOther.sum[i] += second.weight[j] * distance;
      toOne.sum[j] += first.weight[i] * distance;
    }
  }
};
