import type { Kernels } from '../kernels';

/** Four rows at a time: one row alone waits for its own last addition. */
export const nearestCentres: Kernels['nearestCentres'] = (x, from, to, d, centre, k, label, distance) => {
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const row0 = i * d;
    const row1 = row0 + d;
    const row2 = row1 + d;
    const row3 = row2 + d;
    let best0 = Infinity;
    let best1 = Infinity;
    let best2 = Infinity;
    let best3 = Infinity;
    let at0 = 0;
    let at1 = 0;
    let at2 = 0;
    let at3 = 0;
    for (let j = 0; j < k; j++) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      const c = j * d;
      for (let a = 0; a < d; a++) {
        const m = centre[c + a];
        const e0 = x[row0 + a] - m;
        const e1 = x[row1 + a] - m;
        const e2 = x[row2 + a] - m;
        const e3 = x[row3 + a] - m;
        s0 += e0 * e0;
        s1 += e1 * e1;
        s2 += e2 * e2;
        s3 += e3 * e3;
      }
      if (s0 < best0) {
        best0 = s0;
        at0 = j;
      }
      if (s1 < best1) {
        best1 = s1;
        at1 = j;
      }
      if (s2 < best2) {
        best2 = s2;
        at2 = j;
      }
      if (s3 < best3) {
        best3 = s3;
        at3 = j;
      }
    }
    const o = i - from;
    label[o] = at0;
    label[o + 1] = at1;
    label[o + 2] = at2;
    label[o + 3] = at3;
    distance[o] = best0;
    distance[o + 1] = best1;
    distance[o + 2] = best2;
    distance[o + 3] = best3;
  }
  for (; i < to; i++) {
    let best = Infinity;
    let at = 0;
    for (let j = 0; j < k; j++) {
      let s = 0;
      for (let a = 0; a < d; a++) {
        const e = x[i * d + a] - centre[j * d + a];
        s += e * e;
      }
      if (s < best) {
        best = s;
        at = j;
      }
    }
    label[i - from] = at;
    distance[i - from] = best;
  }
};

/** Adds each row to the sums of its label. */
export const labelledSums: Kernels['labelledSums'] = (x, from, to, d, label, weight, count, sum) => {
  for (let i = from; i < to; i++) {
    const j = label[i - from];
    if (j < 0) continue;
    const w = weight === null ? 1 : weight[i];
    count[j] += w;
    for (let a = 0; a < d; a++) sum[j * d + a] += w * x[i * d + a];
  }
};
