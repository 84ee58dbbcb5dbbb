import type { ClusterSign } from './clusterSign';

/** Rows of a sample, with the probability that each two of them are of one cluster. */
export interface RowsTogether {
  /** Of the table. */
  readonly row: ArrayLike<number>;
  readonly cluster: ArrayLike<number>;
  /** rows x rows; NaN: one of them took no part. */
  readonly together: Float64Array;
}

/** Rows that stand side by side, cluster after cluster, with a gap between two clusters. */
export interface CoMembershipView extends RowsTogether {
  /** By place along either axis: which row of the sample; -1: a gap. */
  readonly places: Int32Array;
  readonly blocks: readonly CoMembershipBlock[];
  /** blocks x blocks: mean over pairs of two rows; NaN where there is none. */
  readonly means: Float64Array;
}

/** The rows of one cluster. */
export interface CoMembershipBlock {
  readonly sign: ClusterSign;
  /** Rows of the sample, those that go best with the others first. */
  readonly rows: readonly number[];
  readonly from: number;
}

/** Arranges rows by cluster. Rows that took no part are left out, and clusters without a row. */
export function coMembershipView(sample: RowsTogether, signs: readonly ClusterSign[]): CoMembershipView {
  const count = sample.row.length;
  const all = Array.from({ length: count }, (_, at) => at).filter(
    (at) => !Number.isNaN(sample.together[at * count + at]),
  );
  let from = 0;
  const blocks = signs.flatMap((sign, cluster): CoMembershipBlock[] => {
    const own = all.filter((at) => sample.cluster[at] === cluster);
    if (own.length === 0) return [];
    const fit = new Map(own.map((at) => [at, meanTogether(sample, [at], own)]));
    const rows = own.sort((a, b) => (fit.get(b) ?? 0) - (fit.get(a) ?? 0));
    const block = { sign, rows, from };
    from += rows.length + 1;
    return [block];
  });
  const places = new Int32Array(Math.max(0, from - 1)).fill(-1);
  for (const { rows, from: first } of blocks) places.set(rows, first);
  const means = blocks.flatMap(({ rows }) => blocks.map((other) => meanTogether(sample, rows, other.rows)));
  return { ...sample, places, blocks, means: Float64Array.from(means) };
}

/** The mean over pairs of two different rows that took part, one of either list; NaN: there is none. */
function meanTogether(
  { row, together }: RowsTogether,
  some: readonly number[],
  others: readonly number[],
): number {
  let sum = 0;
  let pairs = 0;
  for (const i of some)
    for (const j of others) {
      if (i === j) continue;
      sum += together[i * row.length + j];
      pairs++;
    }
  return sum / pairs;
}
