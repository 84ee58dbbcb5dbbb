import type { Kernels } from './kernels';

/** Rows a moment kernel gathers before it multiplies. 64 rows of ten features stay in the first cache. */
const gatheredRows = 64;

/** An array of at least `length`, kept between calls; its contents are whatever was left in it. */
function scratch(): (length: number) => Float64Array {
  let array = new Float64Array(0);
  return (length) => {
    if (array.length < length) array = new Float64Array(length);
    return array;
  };
}

/**
 * The kernels in plain TypeScript: the oracle the fast ones are tested against, and fast enough for small data.
 * Four rows are taken at a time where that keeps the arithmetic of each row unchanged, because one row alone
 * waits for its own last addition.
 */
export function createReferenceKernels(): Kernels {
  const solvedScratch = scratch();
  const reciprocalScratch = scratch();
  const gatheredScratch = scratch();
  const weightedScratch = scratch();

  /** Gathers up to 64 rows with non-zero membership in component j, feature by feature. Returns how many. */
  function gather(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    membership: Float64Array,
    offset: number,
    k: number,
    centre: Float64Array,
    centreAt: number,
    difference: Float64Array,
    weighted: Float64Array,
  ): number {
    let gathered = 0;
    for (let i = from; i < to; i++) {
      const share = membership[offset + (i - from) * k];
      if (share === 0) continue;
      const row = i * d;
      for (let a = 0; a < d; a++) {
        const e = x[row + a] - centre[centreAt + a];
        difference[a * gatheredRows + gathered] = e;
        weighted[a * gatheredRows + gathered] = share * e;
      }
      gathered++;
    }
    return gathered;
  }

  /** Adds up memberships and weighted differences; then hands the gathered rows of component j to `addProducts`. */
  function addMoments(
    x: Float64Array,
    from: number,
    to: number,
    d: number,
    membership: Float64Array,
    centre: Float64Array,
    k: number,
    count: Float64Array,
    sum: Float64Array,
    addProducts: (j: number, difference: Float64Array, weighted: Float64Array, gathered: number) => void,
  ): void {
    const difference = gatheredScratch(d * gatheredRows);
    const weighted = weightedScratch(d * gatheredRows);
    for (let block = from; block < to; block += gatheredRows) {
      const end = Math.min(to, block + gatheredRows);
      const offset = (block - from) * k;
      for (let j = 0; j < k; j++) {
        const gathered = gather(
          x,
          block,
          end,
          d,
          membership,
          offset + j,
          k,
          centre,
          j * d,
          difference,
          weighted,
        );
        if (gathered === 0) continue;
        let total = 0;
        for (let i = block; i < end; i++) total += membership[offset + (i - block) * k + j];
        count[j] += total;
        for (let a = 0; a < d; a++) {
          let s = 0;
          for (let i = a * gatheredRows; i < a * gatheredRows + gathered; i++) s += weighted[i];
          sum[j * d + a] += s;
        }
        addProducts(j, difference, weighted, gathered);
      }
    }
  }

  return {
    name: 'reference',

    nearestCentres(x, from, to, d, centre, k, label, distance) {
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
    },

    labelledSums(x, from, to, d, label, weight, count, sum) {
      for (let i = from; i < to; i++) {
        const j = label[i - from];
        const w = weight === null ? 1 : weight[i];
        count[j] += w;
        for (let a = 0; a < d; a++) sum[j * d + a] += w * x[i * d + a];
      }
    },

    gaussianLogDensities(x, from, to, d, mean, factor, logScale, k, out) {
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
    },

    diagonalLogDensities(x, from, to, d, mean, inverseDeviation, logScale, k, out) {
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
    },

    memberships(logJoint, rows, k, weight, from, hard, logDensity) {
      let total = 0;
      for (let i = 0; i < rows; i++) {
        const o = i * k;
        const w = weight === null ? 1 : weight[from + i];
        let top = logJoint[o];
        let at = 0;
        for (let j = 1; j < k; j++) {
          const v = logJoint[o + j];
          if (v > top) {
            top = v;
            at = j;
          }
        }
        let density = top;
        if (hard) {
          for (let j = 0; j < k; j++) logJoint[o + j] = 0;
          logJoint[o + at] = w;
        } else {
          let s = 0;
          for (let j = 0; j < k; j++) {
            const e = Math.exp(logJoint[o + j] - top);
            logJoint[o + j] = e;
            s += e;
          }
          density += Math.log(s);
          const share = w / s;
          for (let j = 0; j < k; j++) logJoint[o + j] *= share;
        }
        if (logDensity !== null) logDensity[i] = density;
        // A row that does not count must not bring its minus infinity: 0 times infinity is not a number.
        if (w !== 0) total += w * density;
      }
      return total;
    },

    weightedSquares(x, from, to, d, membership, centre, k, count, sum, square) {
      addMoments(x, from, to, d, membership, centre, k, count, sum, (j, difference, weighted, gathered) => {
        for (let a = 0; a < d; a++) {
          let s = 0;
          const start = a * gatheredRows;
          for (let i = start; i < start + gathered; i++) s += weighted[i] * difference[i];
          square[j * d + a] += s;
        }
      });
    },

    weightedScatter(x, from, to, d, membership, centre, k, count, sum, scatter) {
      addMoments(x, from, to, d, membership, centre, k, count, sum, (j, difference, weighted, gathered) => {
        for (let a = 0; a < d; a++) {
          const left = a * gatheredRows;
          const target = (j * d + a) * d;
          let b = 0;
          for (; b + 4 <= a + 1; b += 4) {
            const right0 = b * gatheredRows;
            const right1 = right0 + gatheredRows;
            const right2 = right1 + gatheredRows;
            const right3 = right2 + gatheredRows;
            let s0 = 0;
            let s1 = 0;
            let s2 = 0;
            let s3 = 0;
            for (let i = 0; i < gathered; i++) {
              const w = weighted[left + i];
              s0 += w * difference[right0 + i];
              s1 += w * difference[right1 + i];
              s2 += w * difference[right2 + i];
              s3 += w * difference[right3 + i];
            }
            scatter[target + b] += s0;
            scatter[target + b + 1] += s1;
            scatter[target + b + 2] += s2;
            scatter[target + b + 3] += s3;
          }
          for (; b <= a; b++) {
            const right = b * gatheredRows;
            let s = 0;
            for (let i = 0; i < gathered; i++) s += weighted[left + i] * difference[right + i];
            scatter[target + b] += s;
          }
        }
      });
    },
  };
}
