import { diagonalDensities } from './diagonalDensities';
import { tileBytes } from './tile';
import { listAt, TileFeatures } from './tileFeatures';

/**
 * Log densities of the observed cells of the rows of a tile under one component: those of `diagonalDensities` without
 * the terms of the missing ones (Little and Rubin, 2019, section 11.2, for a diagonal covariance).
 *
 * parameters  IN   mean (d), one over the standard deviation (d), log scale of complete rows, and what each missing cell
 *                  adds to it (d)
 * out         OUT  64
 */
export function observedDensities(
  tile: usize,
  d: i32,
  parameters: usize,
  features: TileFeatures,
  out: usize,
): void {
  const wholeList = listAt(features, d, 0);
  const mixedList = listAt(features, d, 1);
  const blindList = listAt(features, d, 2);
  if (mixedList === features.mixed && blindList === features.blind) {
    diagonalDensities(tile, d, parameters, out);
    return;
  }
  const rowBytes = (<usize>d) << 3;
  const volumes = parameters + 2 * rowBytes + 8;
  let constant = load<f64>(parameters + 2 * rowBytes);
  for (let at = blindList; at < features.blind; at += 4) constant += load<f64>(volumes + load<u32>(at));
  const scale = f64x2.splat(constant);
  const minusHalf = f64x2.splat(-0.5);
  for (let v: usize = 0; v < tileBytes; v += 64) {
    let q0 = f64x2.splat(0);
    let q1 = q0;
    let q2 = q0;
    let q3 = q0;
    for (let at = wholeList; at < features.whole; at += 4) {
      const feature = <usize>load<u32>(at);
      const from = tile + (feature << 6) + v;
      const mean = v128.load64_splat(parameters + feature);
      const inverse = v128.load64_splat(parameters + rowBytes + feature);
      let e = f64x2.mul(f64x2.sub(v128.load(from), mean), inverse);
      q0 = f64x2.add(q0, f64x2.mul(e, e));
      e = f64x2.mul(f64x2.sub(v128.load(from, 16), mean), inverse);
      q1 = f64x2.add(q1, f64x2.mul(e, e));
      e = f64x2.mul(f64x2.sub(v128.load(from, 32), mean), inverse);
      q2 = f64x2.add(q2, f64x2.mul(e, e));
      e = f64x2.mul(f64x2.sub(v128.load(from, 48), mean), inverse);
      q3 = f64x2.add(q3, f64x2.mul(e, e));
    }
    q0 = f64x2.add(scale, f64x2.mul(minusHalf, q0));
    q1 = f64x2.add(scale, f64x2.mul(minusHalf, q1));
    q2 = f64x2.add(scale, f64x2.mul(minusHalf, q2));
    q3 = f64x2.add(scale, f64x2.mul(minusHalf, q3));
    for (let at = mixedList; at < features.mixed; at += 4) {
      const feature = <usize>load<u32>(at);
      const from = tile + (feature << 6) + v;
      const mean = v128.load64_splat(parameters + feature);
      const inverse = v128.load64_splat(parameters + rowBytes + feature);
      const volume = v128.load64_splat(volumes + feature);
      q0 = f64x2.add(q0, mixedTerm(v128.load(from), mean, inverse, volume));
      q1 = f64x2.add(q1, mixedTerm(v128.load(from, 16), mean, inverse, volume));
      q2 = f64x2.add(q2, mixedTerm(v128.load(from, 32), mean, inverse, volume));
      q3 = f64x2.add(q3, mixedTerm(v128.load(from, 48), mean, inverse, volume));
    }
    v128.store(out + v, q0);
    v128.store(out + v, q1, 16);
    v128.store(out + v, q2, 32);
    v128.store(out + v, q3, 48);
  }
}

/** What a cell adds to the log density. */
function mixedTerm(value: v128, mean: v128, inverse: v128, volume: v128): v128 {
  const e = f64x2.mul(f64x2.sub(value, mean), inverse);
  const square = f64x2.mul(f64x2.splat(-0.5), f64x2.mul(e, e));
  return v128.bitselect(square, volume, f64x2.eq(value, value));
}
