import { addMoments, blockBytes, blockRows, gaussianSumBytes, threes } from './memberScatter';
import { beginLikelihood, endLikelihood, likelihoodBytes, posteriors } from './posteriors';
import { tileBytes, tileRows, transposeRows } from './tile';

/**
 * One soft E-step over `n` rows of a mixture of Gaussians: log densities, memberships, moments about the means.
 * Memberships never leave the cache.
 *
 * x           IN     n x d
 * weight      IN     n, >= 0; address 0 for all ones
 * parameters  IN     for each component: mean (d), log scale, inverse W of the lower Cholesky factor in pairs of rows:
 *                    (W_i0, W_i+1,0), ... (W_ii, W_i+1,i), W_i+1,i+1; an odd last row is paired with zeros
 * scratch            as many bytes as `gaussianScratchBytes` says
 * sums        INOUT  for each component: sum of memberships and a zero; then rows of e = x - mean, made a multiple of
 *                    three long: sum r e_a e_b for b <= a, row a; sum r e_b in row d. Other entries are no results.
 *
 * Returns the log-likelihood. Source: Bishop (2006), eq. 9.23 to 9.25 and 9.28.
 */
export function gaussianStep(
  x: usize,
  n: i32,
  d: i32,
  weight: usize,
  k: i32,
  parameters: usize,
  scratch: usize,
  sums: usize,
): f64 {
  const tile = scratch + likelihoodBytes;
  const difference = tile + <usize>d * tileBytes;
  const joint = difference + <usize>d * tileBytes;
  const listed = joint + <usize>k * blockBytes;
  const plain = listed + 2048;
  const weighted = plain + <usize>threes(d) * tileBytes;
  const parameterBytes = gaussianStride(d);
  const sumBytes = gaussianSumBytes(d);
  memory.fill(plain, 0, <usize>(threes(d) + threes(d + 1)) * tileBytes);
  beginLikelihood(scratch);
  for (let start: i32 = 0; start < n; start += blockRows) {
    const rows = min(blockRows, n - start);
    const block = x + <usize>start * ((<usize>d) << 3);
    for (let first: i32 = 0; first < rows; first += tileRows) {
      const count = min(tileRows, rows - first);
      const target = joint + ((<usize>first) << 3);
      transposeRows(block + <usize>first * ((<usize>d) << 3), count, d, tile);
      for (let j: i32 = 0; j < k; j++) {
        gaussianDensities(
          tile,
          d,
          parameters + <usize>j * parameterBytes,
          difference,
          target + <usize>j * blockBytes,
        );
      }
      const own: usize = weight === 0 ? 0 : weight + ((<usize>(start + first)) << 3);
      posteriors(target, blockBytes, count, k, own, 0, scratch);
    }
    for (let j: i32 = 0; j < k; j++) {
      addMoments(
        block,
        rows,
        d,
        parameters + <usize>j * parameterBytes,
        joint + <usize>j * blockBytes,
        listed,
        plain,
        weighted,
        sums + <usize>j * sumBytes,
      );
    }
  }
  return endLikelihood(scratch);
}

/** Bytes from the parameters of one component to those of the next. */
export function gaussianStride(d: i32): usize {
  const padding = d & 1 ? d : 0;
  return (<usize>(d + 1 + (d * (d + 1)) / 2 + padding)) << 3;
}

/** Bytes of scratch that `gaussianStep` needs. */
export function gaussianScratchBytes(d: i32, k: i32): usize {
  const tiles = 2 * d + threes(d) + threes(d + 1);
  return likelihoodBytes + <usize>tiles * tileBytes + <usize>k * blockBytes + 2048;
}

/**
 * scale - |W (x - mean)|^2 / 2 of the rows of a tile under one component. Two rows of W at a time over eight rows
 * of the tile: sixteen products for each six numbers loaded.
 */
export function gaussianDensities(
  tile: usize,
  d: i32,
  parameters: usize,
  difference: usize,
  out: usize,
): void {
  subtractMean(tile, d, parameters, difference);
  const scale = v128.load64_splat(parameters + ((<usize>d) << 3));
  const minusHalf = f64x2.splat(-0.5);
  for (let v: usize = 0; v < tileBytes; v += 64) {
    let q0 = f64x2.splat(0);
    let q1 = f64x2.splat(0);
    let q2 = f64x2.splat(0);
    let q3 = f64x2.splat(0);
    let w = parameters + ((<usize>(d + 1)) << 3);
    for (let i: i32 = 0; i < d; i += 2) {
      let a0 = f64x2.splat(0);
      let a1 = f64x2.splat(0);
      let a2 = f64x2.splat(0);
      let a3 = f64x2.splat(0);
      let b0 = f64x2.splat(0);
      let b1 = f64x2.splat(0);
      let b2 = f64x2.splat(0);
      let b3 = f64x2.splat(0);
      let e = difference + v;
      for (let j: i32 = 0; j <= i; j++) {
        const first = v128.load64_splat(w);
        const second = v128.load64_splat(w, 8);
        let value = v128.load(e);
        a0 = f64x2.add(a0, f64x2.mul(value, first));
        b0 = f64x2.add(b0, f64x2.mul(value, second));
        value = v128.load(e, 16);
        a1 = f64x2.add(a1, f64x2.mul(value, first));
        b1 = f64x2.add(b1, f64x2.mul(value, second));
        value = v128.load(e, 32);
        a2 = f64x2.add(a2, f64x2.mul(value, first));
        b2 = f64x2.add(b2, f64x2.mul(value, second));
        value = v128.load(e, 48);
        a3 = f64x2.add(a3, f64x2.mul(value, first));
        b3 = f64x2.add(b3, f64x2.mul(value, second));
        e += tileBytes;
        w += 16;
      }
      q0 = f64x2.add(q0, f64x2.mul(a0, a0));
      q1 = f64x2.add(q1, f64x2.mul(a1, a1));
      q2 = f64x2.add(q2, f64x2.mul(a2, a2));
      q3 = f64x2.add(q3, f64x2.mul(a3, a3));
      // The diagonal of the second row; an odd last row has no second, and zeros in its place.
      if (i + 1 < d) {
        const last = v128.load64_splat(w);
        w += 8;
        b0 = f64x2.add(b0, f64x2.mul(v128.load(e), last));
        b1 = f64x2.add(b1, f64x2.mul(v128.load(e, 16), last));
        b2 = f64x2.add(b2, f64x2.mul(v128.load(e, 32), last));
        b3 = f64x2.add(b3, f64x2.mul(v128.load(e, 48), last));
        q0 = f64x2.add(q0, f64x2.mul(b0, b0));
        q1 = f64x2.add(q1, f64x2.mul(b1, b1));
        q2 = f64x2.add(q2, f64x2.mul(b2, b2));
        q3 = f64x2.add(q3, f64x2.mul(b3, b3));
      }
    }
    const target = out + v;
    v128.store(target, f64x2.add(scale, f64x2.mul(minusHalf, q0)));
    v128.store(target, f64x2.add(scale, f64x2.mul(minusHalf, q1)), 16);
    v128.store(target, f64x2.add(scale, f64x2.mul(minusHalf, q2)), 32);
    v128.store(target, f64x2.add(scale, f64x2.mul(minusHalf, q3)), 48);
  }
}

function subtractMean(tile: usize, d: i32, mean: usize, difference: usize): void {
  for (let a: i32 = 0; a < d; a++) {
    const centre = v128.load64_splat(mean + ((<usize>a) << 3));
    for (let v: usize = 0; v < tileBytes; v += 64) {
      v128.store(difference + v, f64x2.sub(v128.load(tile + v), centre));
      v128.store(difference + v, f64x2.sub(v128.load(tile + v, 16), centre), 16);
      v128.store(difference + v, f64x2.sub(v128.load(tile + v, 32), centre), 32);
      v128.store(difference + v, f64x2.sub(v128.load(tile + v, 48), centre), 48);
    }
    tile += tileBytes;
    difference += tileBytes;
  }
}
