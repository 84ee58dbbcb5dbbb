import { Plan, tileRows } from './kMeansPlan';
import { LongSum } from './longSum';

/** Copies the rows of a chunk into tiles, and sums their squared lengths. */
export function kMeansTiles(plan: Plan, chunk: i32): void {
  const from = plan.from(chunk);
  const to = plan.to(chunk);
  let i = from;
  for (; i + tileRows <= to; i += tileRows) wholeTile(plan, i);
  if (i < to) lastTile(plan, i, to);
  sumSquares(plan, chunk, from, to);
}

class Quarter {
  /** Four rows, two features: f64 as they lie, into f32 side by side. */
  @inline
  static copy(row: usize, stride: usize, origin: v128, scale: v128, out: usize): void {
    const a = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.sub(v128.load(row), origin), scale));
    const b = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.sub(v128.load(row + stride), origin), scale));
    const c = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.sub(v128.load(row + 2 * stride), origin), scale));
    const e = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.sub(v128.load(row + 3 * stride), origin), scale));
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const ce = v128.shuffle<f32>(c, e, 0, 4, 1, 5);
    v128.store(out, v128.shuffle<f64>(ab, ce, 0, 2));
    v128.store(out + 32, v128.shuffle<f64>(ab, ce, 1, 3));
  }
}

function wholeTile(plan: Plan, i: i32): void {
  const d = plan.d;
  const stride = (<usize>d) << 3;
  const row = plan.row(i);
  const out = plan.tiles + ((<usize>i * d) << 2);
  const scale = f64x2.splat(plan.scale);
  let a = 0;
  for (; a + 2 <= d; a += 2) {
    const origin = v128.load(plan.origin + ((<usize>a) << 3));
    const at = row + ((<usize>a) << 3);
    const to = out + ((<usize>a) << 5);
    Quarter.copy(at, stride, origin, scale, to);
    Quarter.copy(at + 4 * stride, stride, origin, scale, to + 16);
  }
  if (a < d) {
    const origin = load<f64>(plan.origin + ((<usize>a) << 3));
    for (let r = 0; r < tileRows; r++) {
      const value = (load<f64>(row + <usize>r * stride + ((<usize>a) << 3)) - origin) * plan.scale;
      store<f32>(out + ((<usize>a) << 5) + ((<usize>r) << 2), <f32>value);
    }
  }
  squaresOfTile(out, d, plan.squares + ((<usize>i) << 2));
}

/** The tile at the end, filled up with rows of zeros. */
function lastTile(plan: Plan, i: i32, to: i32): void {
  const d = plan.d;
  const out = plan.tiles + ((<usize>i * d) << 2);
  memory.fill(out, 0, (<usize>d) << 5);
  for (let r = 0; i + r < to; r++) {
    for (let a = 0; a < d; a++) {
      const origin = load<f64>(plan.origin + ((<usize>a) << 3));
      const value = (load<f64>(plan.row(i + r) + ((<usize>a) << 3)) - origin) * plan.scale;
      store<f32>(out + ((<usize>a) << 5) + ((<usize>r) << 2), <f32>value);
    }
  }
  squaresOfTile(out, d, plan.squares + ((<usize>i) << 2));
}

function squaresOfTile(tile: usize, d: i32, out: usize): void {
  let low = f32x4.splat(0);
  let high = f32x4.splat(0);
  for (let a = 0; a < d; a++) {
    const first = v128.load(tile);
    const second = v128.load(tile + 16);
    low = f32x4.add(low, f32x4.mul(first, first));
    high = f32x4.add(high, f32x4.mul(second, second));
    tile += 32;
  }
  v128.store(out, low);
  v128.store(out + 16, high);
}

/** Squares and their sum to twice the digits of a number: what is left of it after centres are taken off is exact. */
function sumSquares(plan: Plan, chunk: i32, from: i32, to: i32): void {
  const d = plan.d;
  const out = plan.squareSums + ((<usize>chunk) << 4);
  let high = f64x2.splat(0);
  let low = f64x2.splat(0);
  if (plan.weight === 0) {
    const end = plan.row(to);
    let at = plan.row(from);
    for (; at + 16 <= end; at += 16) {
      const x = v128.load(at);
      const head = LongSum.head(x);
      const square = f64x2.mul(head, head);
      const sum = f64x2.add(high, square);
      low = f64x2.add(
        low,
        f64x2.add(LongSum.error(high, square, sum), f64x2.mul(f64x2.add(head, x), f64x2.sub(x, head))),
      );
      high = sum;
    }
    if (at < end) {
      const x = v128.load64_zero(at);
      const head = LongSum.head(x);
      const square = f64x2.mul(head, head);
      const sum = f64x2.add(high, square);
      low = f64x2.add(
        low,
        f64x2.add(LongSum.error(high, square, sum), f64x2.mul(f64x2.add(head, x), f64x2.sub(x, head))),
      );
      high = sum;
    }
  } else {
    for (let i = from; i < to; i++) {
      const w = f64x2.splat(plan.weightOf(i));
      const at = plan.row(i);
      for (let a = 0; a < d; a++) {
        // Lane 0 the square of the head, lane 1 what it lacks; then times the weight likewise.
        const x = v128.load64_zero(at + ((<usize>a) << 3));
        const head = LongSum.head(x);
        const square = f64x2.mul(head, head);
        const rest = f64x2.mul(f64x2.add(head, x), f64x2.sub(x, head));
        const product = f64x2.mul(w, square);
        const error = f64x2.add(LongSum.productError(w, square, product), f64x2.mul(w, rest));
        const sum = f64x2.add(high, product);
        low = f64x2.add(low, f64x2.add(LongSum.error(high, product, sum), error));
        high = sum;
      }
    }
  }
  const first = f64x2.extract_lane(high, 0);
  const second = f64x2.extract_lane(high, 1);
  const sum = first + second;
  const error = LongSum.scalarError(first, second, sum);
  store<f64>(out, sum);
  store<f64>(out + 8, f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1) + error);
}
