import { Plan } from './kMeansPlan';
import { addSquares, addWeightedSquares, beginSquares, endSquares } from './squareSums';

/** Numbers a copied row takes: its features, filled up with zeros. */
export function copyLength(d: i32): i32 {
  return (d + 7) & ~7;
}

/** Copies the rows of a chunk in single precision, about the origin and in units of the tiles; sums their squares. */
export function rowCopies(plan: Plan, chunk: i32): void {
  const d = plan.d;
  const to = plan.to(chunk);
  const sum = plan.squareSums + ((<usize>chunk) << 5);
  const length = (<usize>copyLength(d)) << 2;
  const weights = plan.weight;
  beginSquares(sum);
  for (let i = plan.from(chunk); i < to; i++) {
    const row = plan.row(i);
    const square = copyRow(plan, row, plan.tiles + length * i);
    store<f32>(plan.squares + ((<usize>i) << 2), square);
    // While the row is near.
    const end = row + ((<usize>d) << 3);
    if (weights === 0) addSquares(row, end, sum);
    else addWeightedSquares(row, end, plan.weightOf(i), sum);
  }
  endSquares(sum);
}

/** Returns the squared length of the copy. */
function copyRow(plan: Plan, row: usize, out: usize): f32 {
  const d = plan.d;
  const scale = f64x2.splat(plan.scale);
  let origin = plan.origin;
  let squares = f32x4.splat(0);
  let a = 0;
  for (; a + 4 <= d; a += 4) {
    const first = f64x2.mul(f64x2.sub(v128.load(row), v128.load(origin)), scale);
    const second = f64x2.mul(f64x2.sub(v128.load(row, 16), v128.load(origin, 16)), scale);
    const four = v128.shuffle<f64>(f32x4.demote_f64x2_zero(first), f32x4.demote_f64x2_zero(second), 0, 2);
    v128.store(out, four);
    squares = f32x4.add(squares, f32x4.mul(four, four));
    row += 32;
    origin += 32;
    out += 16;
  }
  let rest: f32 = 0;
  for (const end = copyLength(d); a < end; a++) {
    const value: f32 = a < d ? <f32>((load<f64>(row) - load<f64>(origin)) * plan.scale) : 0;
    store<f32>(out, value);
    rest += value * value;
    row += 8;
    origin += 8;
    out += 4;
  }
  return (
    f32x4.extract_lane(squares, 0) +
    f32x4.extract_lane(squares, 1) +
    (f32x4.extract_lane(squares, 2) + f32x4.extract_lane(squares, 3)) +
    rest
  );
}
