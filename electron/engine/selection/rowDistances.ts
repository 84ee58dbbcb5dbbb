import type { ClusteredRows } from './clusteredRows';

/**
 * Of each place the weighted sum of its Euclidean distances to the rows of each cluster, and the weight of those it
 * shares no cell with, whose distance nobody knows: k x places each. Where cells are missing, a squared distance is over
 * the cells both rows have, scaled up to all columns (Dixon, 1979).
 */
export interface DistanceSums {
  readonly sum: Float64Array;
  readonly unknown: Float64Array;
}

/** Adds the distances of row i of the first to rows [from, to) of the second, by weight, to the sums of both. */
type AddRow = (
  first: ClusteredRows,
  i: number,
  second: ClusteredRows,
  from: number,
  to: number,
  toOther: DistanceSums,
  toOne: DistanceSums,
) => void;

/** Four rows of the second at a time: one alone waits for its own last addition. */
export const addRowComplete: AddRow = (first, i, second, from, to, toOther, toOne) => {
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

/** Rows i and i + 1 at once, which halves what is read: a quarter less time than one by one. */
export const addTwoRows: AddRow = (first, i, second, from, to, toOther, toOne) => {
  const { x, d } = first;
  const y = second.x;
  const weight = second.weight;
  const back = toOne.sum;
  const own = first.weight[i];
  const next = first.weight[i + 1];
  const row = i * d;
  let total = 0;
  let nextTotal = 0;
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
    let t0 = 0;
    let t1 = 0;
    let t2 = 0;
    let t3 = 0;
    for (let a = 0; a < d; a++) {
      const value = x[row + a];
      const other = x[row + d + a];
      const y0 = y[row0 + a];
      const y1 = y[row1 + a];
      const y2 = y[row2 + a];
      const y3 = y[row3 + a];
      const e0 = value - y0;
      const e1 = value - y1;
      const e2 = value - y2;
      const e3 = value - y3;
      s0 += e0 * e0;
      s1 += e1 * e1;
      s2 += e2 * e2;
      s3 += e3 * e3;
      const f0 = other - y0;
      const f1 = other - y1;
      const f2 = other - y2;
      const f3 = other - y3;
      t0 += f0 * f0;
      t1 += f1 * f1;
      t2 += f2 * f2;
      t3 += f3 * f3;
    }
    s0 = Math.sqrt(s0);
    s1 = Math.sqrt(s1);
    s2 = Math.sqrt(s2);
    s3 = Math.sqrt(s3);
    t0 = Math.sqrt(t0);
    t1 = Math.sqrt(t1);
    t2 = Math.sqrt(t2);
    t3 = Math.sqrt(t3);
    total += weight[j] * s0 + weight[j + 1] * s1 + weight[j + 2] * s2 + weight[j + 3] * s3;
    nextTotal += weight[j] * t0 + weight[j + 1] * t1 + weight[j + 2] * t2 + weight[j + 3] * t3;
    back[j] += own * s0 + next * t0;
    back[j + 1] += own * s1 + next * t1;
    back[j + 2] += own * s2 + next * t2;
    back[j + 3] += own * s3 + next * t3;
  }
  toOther.sum[i] += total;
  toOther.sum[i + 1] += nextTotal;
  addRowComplete(first, i, second, j, to, toOther, toOne);
  addRowComplete(first, i + 1, second, j, to, toOther, toOne);
};

/** The same where cells may be missing. */
export const addRowObserved: AddRow = (first, i, second, from, to, toOther, toOne) => {
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
