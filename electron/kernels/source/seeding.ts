import { Plan, tileRows } from './kMeansPlan';
import { firstScores, tileScores } from './tileScores';

/** Tiles whose single-precision sums are added up before double precision takes them. */
const tilesAtOnce: i32 = 8;

/** A seeding begins: no row has a centre yet. */
export function seedingBegin(plan: Plan, chunk: i32): void {
  const to = plan.to(chunk);
  for (let i = plan.from(chunk); i < to; i++) {
    store<f64>(plan.nearest + ((<usize>i) << 3), Infinity);
    store<f32>(plan.bound + ((<usize>i) << 2), Infinity);
  }
}

/**
 * For each candidate the weighted sum of squared distances to the nearest centre if it became one, in units of the
 * tiles and in single precision, then the weighted sum of squared lengths: `found` of the chunk, candidates + 1.
 */
export function seedingEstimates(plan: Plan, scratch: usize, chunk: i32): void {
  const found = plan.found + ((<usize>chunk) << 8);
  const count = plan.candidates;
  memory.fill(found, 0, 256);
  const to = plan.to(chunk);
  const tileBytes = (<usize>plan.d) << 5;
  const groupBytes = (<usize>(plan.d + 1)) << 4;
  // Sums of four candidates, then of the squares.
  const sums = scratch + 128;
  for (let from = plan.from(chunk); from < to; from += tilesAtOnce * tileRows) {
    const end = min(to, from + tilesAtOnce * tileRows);
    for (let group = 0; group < count; group += 4) {
      memory.fill(sums, 0, 80);
      const table = plan.table + groupBytes * (group >> 2);
      let tile = plan.tiles + ((<usize>from * plan.d) << 2);
      for (let i = from; i < end; i += tileRows) {
        tileScores(tile, table, plan.d, scratch);
        const squares = plan.squares + ((<usize>i) << 2);
        const nearest = plan.bound + ((<usize>i) << 2);
        for (let half = 0; half < 2; half++) {
          const at = (<usize>half) << 4;
          const weight = weightsOf(plan, i + 4 * half, to);
          const square = v128.load(squares + at);
          const near = v128.load(nearest + at);
          for (let t: usize = 0; t < 64; t += 16) {
            const distance = f32x4.add(v128.load(scratch + 2 * t + at), square);
            const least = f32x4.mul(weight, f32x4.pmin(near, distance));
            v128.store(sums + t, f32x4.add(v128.load(sums + t), least));
          }
          v128.store(sums + 64, f32x4.add(v128.load(sums + 64), f32x4.mul(weight, square)));
        }
        tile += tileBytes;
      }
      for (let t = 0; t < min(4, count - group); t++)
        addLanes(found + ((<usize>(group + t)) << 3), sums + ((<usize>t) << 4));
      if (group === 0) addLanes(found + ((<usize>count) << 3), sums + 64);
    }
  }
}

/** Adds four numbers in single precision to one in double. */
function addLanes(total: usize, lanes: usize): void {
  const a = <f64>load<f32>(lanes) + <f64>load<f32>(lanes, 4);
  const b = <f64>load<f32>(lanes, 8) + <f64>load<f32>(lanes, 12);
  store<f64>(total, load<f64>(total) + (a + b));
}

/** The weights of four rows in single precision; zero from `to` on. */
function weightsOf(plan: Plan, i: i32, to: i32): v128 {
  if (plan.weight === 0 && i + 4 <= to) return f32x4.splat(1);
  let weights = f32x4.splat(0);
  if (i < to) weights = f32x4.replace_lane(weights, 0, <f32>plan.weightOf(i));
  if (i + 1 < to) weights = f32x4.replace_lane(weights, 1, <f32>plan.weightOf(i + 1));
  if (i + 2 < to) weights = f32x4.replace_lane(weights, 2, <f32>plan.weightOf(i + 2));
  if (i + 3 < to) weights = f32x4.replace_lane(weights, 3, <f32>plan.weightOf(i + 3));
  return weights;
}

/** The same sums in double precision, row by row, as the reference has them. */
export function seedingCosts(plan: Plan, chunk: i32): void {
  const found = plan.found + ((<usize>chunk) << 8);
  memory.fill(found, 0, 256);
  const to = plan.to(chunk);
  for (let i = plan.from(chunk); i < to; i++) {
    const nearest = load<f64>(plan.nearest + ((<usize>i) << 3));
    const weight = plan.weightOf(i);
    for (let t = 0; t < plan.candidates; t++) {
      const distance = squaredDistance(plan, i, t);
      const at = found + ((<usize>t) << 3);
      store<f64>(at, load<f64>(at) + weight * (distance < nearest ? distance : nearest));
    }
  }
}

/** Tiles whose rows are listed before their distances are taken; the list lies behind the scores of a tile. */
const listedTiles: i32 = 32;
const listAt: usize = 128;

/**
 * The first candidate becomes a centre: distances to the nearest in double precision. Rows that single precision says
 * are nearer to another are not looked at.
 */
export function seedingAccept(plan: Plan, scratch: usize, chunk: i32): void {
  const to = plan.to(chunk);
  const fixed = f32x4.splat(plan.errorFixed);
  const perSquare = f32x4.splat(1 - plan.errorPerSquare);
  const tileBytes = (<usize>plan.d) << 5;
  for (let from = plan.from(chunk); from < to; from += listedTiles * tileRows) {
    const end = min(to, from + listedTiles * tileRows);
    let tile = plan.tiles + ((<usize>from * plan.d) << 2);
    let list = scratch + listAt;
    for (let i = from; i < end; i += tileRows) {
      firstScores(tile, plan.table, plan.d, scratch);
      tile += tileBytes;
      const squares = plan.squares + ((<usize>i) << 2);
      const bound = plan.bound + ((<usize>i) << 2);
      // A distance is at least its score and square less their error; what is not certainly farther is looked at.
      const square0 = f32x4.sub(f32x4.mul(v128.load(squares), perSquare), fixed);
      const square1 = f32x4.sub(f32x4.mul(v128.load(squares, 16), perSquare), fixed);
      const farther0 = f32x4.gt(f32x4.add(v128.load(scratch), square0), v128.load(bound));
      const farther1 = f32x4.gt(f32x4.add(v128.load(scratch, 16), square1), v128.load(bound, 16));
      let mask = (i32x4.bitmask(farther0) | (i32x4.bitmask(farther1) << 4)) ^ 0xff;
      if (mask === 0) continue;
      const most = min(tileRows, to - i);
      for (let r = 0; r < most; r++) {
        store<i32>(list, i + r);
        list += (mask & 1) << 2;
        mask >>= 1;
      }
    }
    lowerNearest(plan, scratch + listAt, list);
  }
}

/** Lowers the distances of listed rows to that of the first candidate, two rows at a time. */
function lowerNearest(plan: Plan, list: usize, end: usize): void {
  const unit = plan.scale * plan.scale * (1 + 1e-6);
  const bytes = (<usize>plan.d) << 3;
  // An odd one is done twice.
  store<i32>(end, load<i32>(max(list, end - 4)));
  for (; list < end; list += 8) {
    const first = load<i32>(list);
    const second = load<i32>(list, 4);
    let a = plan.row(first);
    let b = plan.row(second);
    let c = plan.centre;
    const last = a + bytes;
    let distance = f64x2.splat(0);
    do {
      const x = v128.load_lane<f64>(b, v128.load64_zero(a), 1);
      const difference = f64x2.sub(x, v128.load64_splat(c));
      distance = f64x2.add(distance, f64x2.mul(difference, difference));
      a += 8;
      b += 8;
      c += 8;
    } while (a < last);
    lower(plan, first, f64x2.extract_lane(distance, 0), unit);
    lower(plan, second, f64x2.extract_lane(distance, 1), unit);
  }
}

function lower(plan: Plan, i: i32, distance: f64, unit: f64): void {
  const at = plan.nearest + ((<usize>i) << 3);
  if (distance < load<f64>(at)) {
    store<f64>(at, distance);
    store<f32>(plan.bound + ((<usize>i) << 2), <f32>(distance * unit));
  }
}

/** The mass with which rows of a chunk are drawn: weight times squared distance, or the weight of rows off all centres. */
export function seedingMasses(plan: Plan, chunk: i32): void {
  const to = plan.to(chunk);
  let mass: f64 = 0;
  for (let i = plan.from(chunk); i < to; i++) {
    const nearest = load<f64>(plan.nearest + ((<usize>i) << 3));
    mass += nearest > 0 ? plan.weightOf(i) * (plan.byDistance !== 0 ? nearest : 1) : 0;
  }
  store<f64>(plan.found + ((<usize>chunk) << 8), mass);
}

/** Of row i from candidate t, summed in the order of features as the reference does. */
function squaredDistance(plan: Plan, i: i32, t: i32): f64 {
  const row = plan.row(i);
  const end = row + ((<usize>plan.d) << 3);
  let c = plan.centre + ((<usize>t * plan.d) << 3);
  let distance: f64 = 0;
  for (let at = row; at < end; at += 8) {
    const difference = load<f64>(at) - load<f64>(c);
    distance += difference * difference;
    c += 8;
  }
  return distance;
}
