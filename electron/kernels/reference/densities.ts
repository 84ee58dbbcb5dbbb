import type { Kernels } from '../kernels';
import { scratch } from './scratch';

/** Four rows at a time: one row alone waits for its own last addition. The solutions of four rows stand side by side. */
export function createGaussianLogDensities(): Kernels['gaussianLogDensities'] {
  const solvedScratch = scratch();
  const reciprocalScratch = scratch();
  return (x, from, to, d, mean, factor, logScale, k, out) => {
    const solved = solvedScratch(4 * d);
    const reciprocal = reciprocalScratch(d);
    for (let j = 0; j < k; j++) {
      const m = j * d;
      for (let a = 0; a < d; a++) reciprocal[a] = 1 / factor[(m + a) * d + a];
      const scale = logScale[j];
      let i = from;
      for (; i + 4 <= to; i += 4) {
        const row0 = i * d;
        const row1 = row0 + d;
        const row2 = row1 + d;
        const row3 = row2 + d;
        let q0 = 0;
        let q1 = 0;
        let q2 = 0;
        let q3 = 0;
        for (let a = 0; a < d; a++) {
          const c = mean[m + a];
          let s0 = x[row0 + a] - c;
          let s1 = x[row1 + a] - c;
          let s2 = x[row2 + a] - c;
          let s3 = x[row3 + a] - c;
          const f = (m + a) * d;
          for (let b = 0; b < a; b++) {
            const l = factor[f + b];
            const at = 4 * b;
            s0 -= l * solved[at];
            s1 -= l * solved[at + 1];
            s2 -= l * solved[at + 2];
            s3 -= l * solved[at + 3];
          }
          const r = reciprocal[a];
          s0 *= r;
          s1 *= r;
          s2 *= r;
          s3 *= r;
          const at = 4 * a;
          solved[at] = s0;
          solved[at + 1] = s1;
          solved[at + 2] = s2;
          solved[at + 3] = s3;
          q0 += s0 * s0;
          q1 += s1 * s1;
          q2 += s2 * s2;
          q3 += s3 * s3;
        }
        const o = (i - from) * k + j;
        out[o] = scale - 0.5 * q0;
        out[o + k] = scale - 0.5 * q1;
        out[o + 2 * k] = scale - 0.5 * q2;
        out[o + 3 * k] = scale - 0.5 * q3;
      }
      for (; i < to; i++) {
        let q = 0;
        for (let a = 0; a < d; a++) {
          let s = x[i * d + a] - mean[m + a];
          const f = (m + a) * d;
          for (let b = 0; b < a; b++) s -= factor[f + b] * solved[b];
          s *= reciprocal[a];
          solved[a] = s;
          q += s * s;
        }
        out[(i - from) * k + j] = scale - 0.5 * q;
      }
    }
  };
}

/** One division less than the general case, and no scratch. */
export const diagonalLogDensities: Kernels['diagonalLogDensities'] = (
  x,
  from,
  to,
  d,
  mean,
  inverseDeviation,
  logScale,
  k,
  out,
) => {
  for (let i = from; i < to; i++) {
    const row = i * d;
    for (let j = 0; j < k; j++) {
      const m = j * d;
      let q = 0;
      for (let a = 0; a < d; a++) {
        const s = (x[row + a] - mean[m + a]) * inverseDeviation[m + a];
        q += s * s;
      }
      out[(i - from) * k + j] = logScale[j] - 0.5 * q;
    }
  }
};
