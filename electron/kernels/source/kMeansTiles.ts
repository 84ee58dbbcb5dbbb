import { Plan, boxRows, tileRows } from './kMeansPlan';
import { addSquares, addWeightedSquares, beginSquares, endSquares } from './squareSums';

/** Copies the rows of a chunk into tiles, and sums their squared lengths. */
export function kMeansTiles(plan: Plan, chunk: i32): void {
  const to = plan.to(chunk);
  const sum = plan.squareSums + ((<usize>chunk) << 5);
  const bytes = (<usize>plan.d) << 3;
  beginSquares(sum);
  for (let i = plan.from(chunk); i < to; i += tileRows) {
    const first = plan.row(i);
    const last = plan.row(to - 1);
    const out = plan.tiles + ((<usize>i * plan.d) << 2);
    const b = min(last, first + bytes);
    const c = min(last, b + bytes);
    const e = min(last, c + bytes);
    makeHalf(plan, first, b, c, e, out);
    const f = min(last, e + bytes);
    const g = min(last, f + bytes);
    const h = min(last, g + bytes);
    makeHalf(plan, f, g, h, min(last, h + bytes), out + 16);
    squaresOfTile(out, plan.d, plan.squares + ((<usize>i) << 2));
    // While the rows are near.
    const end = min(to, i + tileRows);
    if (plan.weight === 0) addSquares(first, plan.row(end), sum);
    else
      for (let r = i; r < end; r++) addWeightedSquares(plan.row(r), plan.row(r + 1), plan.weightOf(r), sum);
  }
  endSquares(sum);
  if (plan.boxes !== 0)
    for (let i = plan.from(chunk); i < to; i += boxRows) makeBox(plan, i, min(boxRows, to - i));
}

/** The least and largest coordinates of rows [first, first + rows), as they are in the tiles. */
function makeBox(plan: Plan, first: i32, rows: i32): void {
  const d = plan.d;
  const box = plan.boxes + ((<usize>(first / boxRows) * d) << 3);
  const tileBytes = (<usize>d) << 5;
  const tiles = plan.tiles + ((<usize>first * d) << 2);
  const end = tiles + tileBytes * ((rows + tileRows - 1) / tileRows);
  for (let a = 0; a < d; a++) {
    const at = (<usize>a) << 2;
    let least = v128.load(tiles + 8 * at);
    let largest = least;
    for (let tile = tiles + 8 * at; tile < end; tile += tileBytes) {
      const low = v128.load(tile);
      const high = v128.load(tile, 16);
      least = f32x4.min(least, f32x4.min(low, high));
      largest = f32x4.max(largest, f32x4.max(low, high));
    }
    store<f32>(
      box + at,
      min(
        min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)),
        min(f32x4.extract_lane(least, 2), f32x4.extract_lane(least, 3)),
      ),
    );
    store<f32>(
      box + at + ((<usize>d) << 2),
      max(
        max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
        max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
      ),
    );
  }
}

/**
 * One half of a tile: four rows as they lie, f64 feature after feature, into four f32 for each feature, about the
 * origin and in units of the tiles.
 */
function makeHalf(plan: Plan, a: usize, b: usize, c: usize, e: usize, out: usize): void {
  const scale = f64x2.splat(plan.scale);
  let origin = plan.origin;
  const end = origin + ((<usize>(plan.d & ~1)) << 3);
  for (; origin < end; origin += 16) {
    const about = v128.load(origin);
    const a2 = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.sub(v128.load(a), about), scale));
    const b2 = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.sub(v128.load(b), about), scale));
    const c2 = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.sub(v128.load(c), about), scale));
    const e2 = f32x4.demote_f64x2_zero(f64x2.mul(f64x2.sub(v128.load(e), about), scale));
    const ab = v128.shuffle<f32>(a2, b2, 0, 4, 1, 5);
    const ce = v128.shuffle<f32>(c2, e2, 0, 4, 1, 5);
    v128.store(out, v128.shuffle<f64>(ab, ce, 0, 2));
    v128.store(out, v128.shuffle<f64>(ab, ce, 1, 3), 32);
    a += 16;
    b += 16;
    c += 16;
    e += 16;
    out += 64;
  }
  if (plan.d & 1) {
    const about = load<f64>(origin);
    store<f32>(out, <f32>((load<f64>(a) - about) * plan.scale));
    store<f32>(out, <f32>((load<f64>(b) - about) * plan.scale), 4);
    store<f32>(out, <f32>((load<f64>(c) - about) * plan.scale), 8);
    store<f32>(out, <f32>((load<f64>(e) - about) * plan.scale), 12);
  }
}

function squaresOfTile(tile: usize, d: i32, out: usize): void {
  let low = f32x4.splat(0);
  let high = f32x4.splat(0);
  for (let a = 0; a < d; a++) {
    const first = v128.load(tile);
    const second = v128.load(tile, 16);
    low = f32x4.add(low, f32x4.mul(first, first));
    high = f32x4.add(high, f32x4.mul(second, second));
    tile += 32;
  }
  v128.store(out, low);
  v128.store(out, high, 16);
}
