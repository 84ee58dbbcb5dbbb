import type { ClusteredRows } from './clusteredRows';
import { addRowComplete, addRowObserved, addTwoRows, type DistanceSums } from './rowDistances';

/** Rows worked against each other at once, so that both blocks stay in the cache. By eye. */
const blockRows = 128;

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
  const hasMissing = first.hasMissing || second.hasMissing;
  const addRow = hasMissing ? addRowObserved : addRowComplete;
  let i = one.from;
  if (!isSame && !hasMissing)
    for (; i + 2 <= one.to; i += 2) addTwoRows(first, i, second, other.from, other.to, toOther, toOne);
  for (; i < one.to; i++) addRow(first, i, second, isSame ? i + 1 : other.from, other.to, toOther, toOne);
}
