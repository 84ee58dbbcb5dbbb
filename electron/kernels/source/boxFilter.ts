import { Plan, noLabel } from './kMeansPlan';

/**
 * The centre that is nearest to every point of a box, or `noLabel` when single precision cannot say so of any.
 * `before`: what it was in the last pass.
 *
 * Another centre j is nowhere nearer in the box than centre i when its score less that of i, linear in the point, is
 * positive in the corner where it is least (Kanungo et al., 2002, "An efficient k-means clustering algorithm",
 * section 2). Scores are wrong by less than E at the corner farthest from the origin, so differences by 2 E and what
 * rounding adds to them.
 */
export function boxFilter(plan: Plan, index: i32, before: i32): i32 {
  if (before !== noLabel && isNearest(plan, index, before)) return before;
  const middle = nearestToMiddle(plan, index);
  return middle !== before && isNearest(plan, index, middle) ? middle : noLabel;
}

/** Where the least coordinates of a box lie; the largest follow. */
export function placeOfBox(plan: Plan, index: i32): usize {
  return plan.boxes + ((<usize>index * plan.d) << 3);
}

/** How wrong a difference of scores in a box can be. */
export function errorInBox(plan: Plan, box: usize): f32 {
  const d = plan.d;
  let farthest: f32 = 0;
  for (let a = 0; a < d; a++) {
    const least = load<f32>(box + ((<usize>a) << 2));
    const largest = load<f32>(box + ((<usize>(d + a)) << 2));
    farthest += max(least * least, largest * largest);
  }
  return <f32>4 * (plan.errorFixed + plan.errorPerSquare * farthest);
}

export class Box {
  /**
   * By how much the scores of the four centres at `table` are at least above that of the centre at `own`, wherever in a
   * box: linear in the point, so each feature is least at one of its ends.
   */
  @inline
  static leastExcess(table: usize, own: usize, ownLength: v128, box: usize, d: i32): v128 {
    let least = f32x4.sub(v128.load(table), ownLength);
    for (let a = 0; a < d; a++) {
      const at = (<usize>a) << 2;
      const slope = f32x4.sub(
        v128.load(table + ((<usize>(a + 1)) << 4)),
        v128.load32_splat(own + ((<usize>(a + 1)) << 4)),
      );
      const low = f32x4.mul(slope, v128.load32_splat(box + at));
      const high = f32x4.mul(slope, v128.load32_splat(box + at + ((<usize>d) << 2)));
      least = f32x4.add(least, f32x4.pmin(low, high));
    }
    return least;
  }
}

/** Whether no other centre is nearer anywhere in a box. */
export function isNearest(plan: Plan, index: i32, label: i32): bool {
  const d = plan.d;
  const box = placeOfBox(plan, index);
  const error = errorInBox(plan, box);
  const groupBytes = (<usize>(d + 1)) << 4;
  const own = plan.table + groupBytes * (label >> 2) + ((<usize>(label & 3)) << 2);
  const ownLength = v128.load32_splat(own);
  const threshold = f32x4.splat(error);
  let table = plan.table;
  for (let j = 0; j < plan.k; j += 4) {
    const least = Box.leastExcess(table, own, ownLength, box, d);
    let clear = i32x4.bitmask(f32x4.gt(least, threshold));
    if (label >> 2 === j >> 2) clear |= 1 << (label & 3);
    if (clear !== 15) return false;
    table += groupBytes;
  }
  return true;
}

/** The centre of the least score in the middle of a box. */
export function nearestToMiddle(plan: Plan, index: i32): i32 {
  const d = plan.d;
  const box = placeOfBox(plan, index);
  const half = f32x4.splat(0.5);
  let best = f32x4.splat(3e38);
  let at = i32x4.splat(0);
  let table = plan.table;
  for (let j = 0; j < plan.k; j += 4) {
    let score = v128.load(table);
    table += 16;
    for (let a = 0; a < d; a++) {
      const least = v128.load32_splat(box + ((<usize>a) << 2));
      const largest = v128.load32_splat(box + ((<usize>(d + a)) << 2));
      score = f32x4.add(score, f32x4.mul(v128.load(table), f32x4.mul(half, f32x4.add(least, largest))));
      table += 16;
    }
    at = v128.bitselect(i32x4.splat(j), at, f32x4.lt(score, best));
    best = f32x4.pmin(best, score);
  }
  let least = f32x4.extract_lane(best, 0);
  let label = i32x4.extract_lane(at, 0);
  if (f32x4.extract_lane(best, 1) < least) {
    least = f32x4.extract_lane(best, 1);
    label = i32x4.extract_lane(at, 1) + 1;
  }
  if (f32x4.extract_lane(best, 2) < least) {
    least = f32x4.extract_lane(best, 2);
    label = i32x4.extract_lane(at, 2) + 2;
  }
  if (f32x4.extract_lane(best, 3) < least) label = i32x4.extract_lane(at, 3) + 3;
  // A place that fills up the last group, where no score is a number.
  return label < plan.k ? label : 0;
}
