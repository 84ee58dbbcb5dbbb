import { blockBytes, blockRows } from './memberScatter';
import { Lanes } from './lanes';
import { tileBytes, tileRows } from './tile';
import { columnOf, inCommon, missingOf } from './missingColumns';

/**
 * What the missing cells of a block of rows are expected to be under each component, and what that is found with. Lies
 * in scratch. Numbers of all components stand side by side, an even number of them, `width` bytes.
 *
 * With the precision P of a component split by what is missing (m) and observed (o), what is missing has, given the rest,
 * the mean mu_m - z with P_mm z = P_mo (x_o - mu_o), and the covariance P_mm^-1. A row completed by that mean has in the
 * exponent of its density what its observed cells alone have, and the determinant of their covariance is that of the
 * whole times the determinant of P_mm. So completed rows go the way of complete ones.
 *
 * Source: Bishop (2006), eq. 2.96 and 2.97; determinants: Horn and Johnson (2013), section 0.8.4.
 */
@unmanaged
export class Completion {
  d: i32;
  /** Missing cells of the pattern at hand. */
  missing: i32;
  /** Missing cells of the block so far. */
  cells: i32;
  width: usize;
  /** d x d x components: precisions, identities of what only makes the number even. */
  precision: usize;
  /** d x components */
  mean: usize;
  /** Missing columns of the pattern at hand, in their order. */
  columns: usize;
  /** The same of the row that is looked at, and a word more. */
  found: usize;
  /** P_mm = L D L' of the pattern at hand: rows of L, each up to the diagonal, where 1 / D is. */
  factor: usize;
  /** A row of L D. */
  unscaled: usize;
  /** Minus logarithms of the determinants of the leading parts of P_mm, that of nothing first. */
  logs: usize;
  /** d x components: differences of a row's observed cells from the means, zeros in the place of the others. */
  difference: usize;
  /** The solution z. */
  solution: usize;
  /** Sums of memberships of rows of one pattern. */
  shares: usize;
  /** P_mm^-1 of two components, rows up to the diagonal, and a column of it. */
  inverse: usize;
  swept: usize;
  /** Of each missing cell of the block, how many bytes from the beginning of its tile and of the block's rows. */
  places: usize;
  /** For each component, what these cells are completed by. */
  values: usize;
  /** For each component, what is to be added to the log densities of the rows of the block. */
  added: usize;
}

/** Bytes of one number of each of k components. */
function widthOf(k: i32): usize {
  return (<usize>((k + 1) & ~1)) << 3;
}

function listBytes(d: i32): usize {
  return (((<usize>(d + 1)) << 2) + 15) & ~15;
}

/** Numbers of a lower triangle. */
export function triangle(d: i32): usize {
  return (<usize>d * <usize>(d + 1)) >> 1;
}

/** Bytes of scratch of a completion of rows of d features under k components. */
export function completionBytes(d: i32, k: i32): usize {
  const width = widthOf(k);
  const numbers = triangle(d) + 4 * <usize>d + 2;
  const cells = <usize>blockRows * <usize>d;
  return (
    128 +
    2 * listBytes(d) +
    numbers * width +
    ((triangle(d) + <usize>d) << 4) +
    cells * (8 + width) +
    (width >> 3) * blockBytes
  );
}

/** Begins a completion in scratch at `at`; `table` is precisions, then means. */
export function beginCompletion(at: usize, d: i32, k: i32, table: usize): Completion {
  const c = changetype<Completion>(at);
  const width = widthOf(k);
  const row = <usize>d * width;
  c.d = d;
  c.missing = 0;
  c.width = width;
  c.precision = table;
  c.mean = table + <usize>d * row;
  c.columns = at + 128;
  c.found = c.columns + listBytes(d);
  c.factor = c.found + listBytes(d);
  c.unscaled = c.factor + triangle(d) * width;
  c.logs = c.unscaled + row;
  c.difference = c.logs + row + width;
  c.solution = c.difference + row;
  c.shares = c.solution + row;
  c.inverse = c.shares + width;
  c.swept = c.inverse + (triangle(d) << 4);
  c.places = c.swept + ((<usize>d) << 4);
  c.values = c.places + <usize>blockRows * <usize>d * 8;
  c.added = c.values + <usize>blockRows * row;
  memory.fill(c.logs, 0, width);
  return c;
}

/** Forgets the cells of the block before. */
export function beginBlock(c: Completion): void {
  c.cells = 0;
  memory.fill(c.added, 0, (c.width >> 3) * blockBytes);
}

/**
 * Completes `count` rows at `x`, those of the block from `first` on: gathers places and values of their missing cells,
 * and what their log densities have more than those of complete rows.
 */
export function completeRows(c: Completion, x: usize, first: i32, count: i32): void {
  const rowBytes = (<usize>c.d) << 3;
  for (let i = first; i < first + count; i++) {
    const m = missingOf(x, c.d, c.found);
    if (m > 0) {
      takePattern(c, m);
      completeRow(c, x, i);
    }
    x += rowBytes;
  }
}

/** Makes the pattern that was found, of m missing columns, the one at hand. What both begin with is not factored anew. */
function takePattern(c: Completion, m: i32): void {
  const first = inCommon(c.columns, c.found, min(m, c.missing));
  c.missing = m;
  if (first === m) return;
  memory.copy(c.columns, c.found, (<usize>m) << 2);
  const width = c.width;
  for (let v: usize = 0; v < width; v += 16) {
    factorise(c, first, v);
    let diagonal = c.factor + triangle(first) * width + v;
    let log = v128.load(c.logs + <usize>first * width + v);
    for (let p = first; p < m; p++) {
      diagonal += <usize>p * width;
      log = f64x2.add(log, Lanes.log(v128.load(diagonal)));
      v128.store(c.logs + <usize>(p + 1) * width + v, log);
      diagonal += width;
    }
  }
}

/** Rows of the factor from `first` on, of the two components `v` bytes from the first. Source: Golub and Van Loan (2013), section 4.1.2. */
function factorise(c: Completion, first: i32, v: usize): void {
  const width = c.width;
  const unscaled = c.unscaled + v;
  let own = c.factor + triangle(first) * width + v;
  for (let p = first; p < c.missing; p++) {
    const row = c.precision + <usize>columnOf(c.columns, p) * <usize>c.d * width + v;
    let pivot = v128.load(row + <usize>columnOf(c.columns, p) * width);
    let other = c.factor + v;
    for (let q: i32 = 0; q < p; q++) {
      let sum = v128.load(row + <usize>columnOf(c.columns, q) * width);
      const end = unscaled + <usize>q * width;
      for (let at = unscaled; at < end; at += width) {
        sum = f64x2.sub(sum, f64x2.mul(v128.load(at), v128.load(other)));
        other += width;
      }
      v128.store(end, sum);
      const scaled = f64x2.mul(sum, v128.load(other));
      other += width;
      v128.store(own, scaled);
      own += width;
      pivot = f64x2.sub(pivot, f64x2.mul(sum, scaled));
    }
    v128.store(own, f64x2.div(f64x2.splat(1), pivot));
    own += width;
  }
}

/** Values, places and what is added of a row of the pattern at hand. */
function completeRow(c: Completion, x: usize, i: i32): void {
  const m = c.missing;
  const width = c.width;
  subtractMeans(c, x);
  for (let p: i32 = 0; p < m; p++) {
    const column = <usize>columnOf(c.columns, p);
    const place = c.places + ((<usize>(c.cells + p)) << 3);
    store<u32>(place, <u32>(column * tileBytes + ((<usize>(i & (tileRows - 1))) << 3)));
    store<u32>(place, <u32>((<usize>i * <usize>c.d + column) << 3), 4);
  }
  const next = <usize>blockRows * <usize>c.d * 8;
  const half = f64x2.splat(0.5);
  // m log(2 pi)
  const volume = f64x2.splat(<f64>m * 1.8378770664093453);
  for (let v: usize = 0; v < width; v += 16) {
    solve(c, v);
    let value = c.values + (v >> 3) * next + ((<usize>c.cells) << 3);
    let at = c.solution + v;
    for (let p: i32 = 0; p < m; p++) {
      const mean = v128.load(c.mean + <usize>columnOf(c.columns, p) * width + v);
      const both = f64x2.sub(mean, v128.load(at));
      v128.store64_lane(value, both, 0);
      v128.store64_lane(value + next, both, 1);
      value += 8;
      at += width;
    }
    const added = f64x2.mul(half, f64x2.add(volume, v128.load(c.logs + <usize>m * width + v)));
    const to = c.added + (v >> 3) * blockBytes + ((<usize>i) << 3);
    v128.store64_lane(to, added, 0);
    v128.store64_lane(to + blockBytes, added, 1);
  }
  c.cells += m;
}

/** Differences of the observed cells of a row from all means. */
function subtractMeans(c: Completion, x: usize): void {
  let mean = c.mean;
  let out = c.difference;
  for (let a: i32 = 0; a < c.d; a++) {
    const value = v128.load64_splat(x);
    const isObserved = f64x2.eq(value, value);
    const end = out + c.width;
    for (; out < end; out += 16) {
      v128.store(out, v128.and(f64x2.sub(value, v128.load(mean)), isObserved));
      mean += 16;
    }
    x += 8;
  }
}

/** The solution of P_mm z = P_mo (x_o - mu_o) for two components. */
function solve(c: Completion, v: usize): void {
  const width = c.width;
  const rowBytes = <usize>c.d * width;
  const begin = c.solution + v;
  const end = begin + <usize>c.missing * width;
  const difference = c.difference + v;
  let factor = c.factor + v;
  let column = c.columns;
  for (let to = begin; to < end; to += width) {
    let sum = f64x2.splat(0);
    let row = c.precision + <usize>load<i32>(column) * rowBytes + v;
    for (let at = difference; at < difference + rowBytes; at += width) {
      sum = f64x2.add(sum, f64x2.mul(v128.load(row), v128.load(at)));
      row += width;
    }
    for (let at = begin; at < to; at += width) {
      sum = f64x2.sub(sum, f64x2.mul(v128.load(factor), v128.load(at)));
      factor += width;
    }
    factor += width;
    v128.store(to, sum);
    column += 4;
  }
  let diagonal = c.factor + v;
  let step = width;
  for (let at = begin; at < end; at += width) {
    v128.store(at, f64x2.mul(v128.load(at), v128.load(diagonal)));
    step += width;
    diagonal += step;
  }
  factor = c.factor + triangle(c.missing) * width + v;
  for (let from = end - width; from > begin; from -= width) {
    const value = v128.load(from);
    factor -= width + (from - begin);
    let own = factor;
    for (let at = begin; at < from; at += width) {
      v128.store(at, f64x2.sub(v128.load(at), f64x2.mul(value, v128.load(own))));
      own += width;
    }
  }
}
