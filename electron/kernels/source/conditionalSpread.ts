import { Completion, triangle } from './completion';
import { columnOf, inCommon, missingOf } from './missingColumns';
import { blockBytes } from './memberScatter';

/**
 * Adds the conditional covariances of the missing cells of the block's rows, times memberships.
 *
 * x       IN     rows, not completed
 * joint   IN     memberships of each component, `blockBytes` apart
 * spread  INOUT  d x d x components, lower triangle
 */
export function addSpread(c: Completion, x: usize, rows: i32, k: i32, joint: usize, spread: usize): void {
  const rowBytes = (<usize>c.d) << 3;
  c.missing = 0;
  for (let i: i32 = 0; i < rows; i++) {
    const m = missingOf(x, c.d, c.found);
    x += rowBytes;
    if (m !== c.missing || inCommon(c.columns, c.found, m) < m) {
      spreadPattern(c, spread);
      c.missing = m;
      memory.copy(c.columns, c.found, (<usize>m) << 2);
      memory.fill(c.shares, 0, c.width);
    }
    if (m === 0) continue;
    let share = joint + ((<usize>i) << 3);
    const end = c.shares + ((<usize>k) << 3);
    for (let at = c.shares; at < end; at += 8) {
      store<f64>(at, load<f64>(at) + load<f64>(share));
      share += blockBytes;
    }
  }
  spreadPattern(c, spread);
  // Not all components' factors are those of the pattern.
  c.missing = 0;
}

/** Adds the conditional covariance of the pattern at hand, times the sums of memberships, where these are not zero. */
function spreadPattern(c: Completion, spread: usize): void {
  const m = c.missing;
  if (m === 0) return;
  for (let v: usize = 0; v < c.width; v += 16) {
    const share = v128.load(c.shares + v);
    if (!v128.any_true(f64x2.ne(share, f64x2.splat(0)))) continue;
    invert(c, v);
    let from = c.inverse;
    for (let p: i32 = 0; p < m; p++) {
      const row = spread + <usize>columnOf(c.columns, p) * <usize>c.d * c.width + v;
      for (let q: i32 = 0; q <= p; q++) {
        const at = row + <usize>columnOf(c.columns, q) * c.width;
        v128.store(at, f64x2.sub(v128.load(at), f64x2.mul(share, v128.load(from))));
        from += 16;
      }
    }
  }
}

/**
 * Minus the inverse of P_mm of two components, by sweeping one column after the other.
 *
 * Source: Goodnight (1979), "A tutorial on the SWEEP operator".
 */
function invert(c: Completion, v: usize): void {
  const m = c.missing;
  const matrix = c.inverse;
  const column = c.swept;
  let at = matrix;
  for (let p: i32 = 0; p < m; p++) {
    const row = c.precision + <usize>columnOf(c.columns, p) * <usize>c.d * c.width + v;
    for (let q: i32 = 0; q <= p; q++) {
      v128.store(at, v128.load(row + <usize>columnOf(c.columns, q) * c.width));
      at += 16;
    }
  }
  for (let p: i32 = 0; p < m; p++) {
    const row = matrix + (triangle(p) << 4);
    const diagonal = row + ((<usize>p) << 4);
    const reciprocal = f64x2.div(f64x2.splat(1), v128.load(diagonal));
    let to = column;
    for (at = row; at < diagonal; at += 16) {
      v128.store(to, v128.load(at));
      to += 16;
    }
    v128.store(to, f64x2.splat(0));
    for (let a = p + 1; a < m; a++) {
      at += (<usize>a) << 4;
      to += 16;
      v128.store(to, v128.load(at));
    }
    at = matrix;
    for (let a: i32 = 0; a < m; a++) {
      const scaled = f64x2.mul(v128.load(column + ((<usize>a) << 4)), reciprocal);
      const end = column + ((<usize>(a + 1)) << 4);
      for (let from = column; from < end; from += 16) {
        v128.store(at, f64x2.sub(v128.load(at), f64x2.mul(scaled, v128.load(from))));
        at += 16;
      }
    }
    for (let a: i32 = 0; a < p; a++) {
      const from = column + ((<usize>a) << 4);
      v128.store(row + ((<usize>a) << 4), f64x2.mul(v128.load(from), reciprocal));
    }
    v128.store(diagonal, f64x2.neg(reciprocal));
    at = diagonal;
    for (let a = p + 1; a < m; a++) {
      at += (<usize>a) << 4;
      v128.store(at, f64x2.mul(v128.load(column + ((<usize>a) << 4)), reciprocal));
    }
  }
}
