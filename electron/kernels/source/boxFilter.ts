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
  const d = plan.d;
  const box = plan.boxes + ((<usize>index * d) << 3);
  let farthest: f32 = 0;
  for (let a = 0; a < d; a++) {
    const least = load<f32>(box + ((<usize>a) << 2));
    const largest = load<f32>(box + ((<usize>(d + a)) << 2));
    farthest += max(least * least, largest * largest);
  }
  const error: f32 = <f32>4 * (plan.errorFixed + plan.errorPerSquare * farthest);
  if (before !== noLabel && isNearest(plan, box, before, error)) return before;
  const middle = nearestToMiddle(plan, box);
  return middle !== before && isNearest(plan, box, middle, error) ? middle : noLabel;
}

/** Whether no other centre is nearer anywhere in the box. */
function isNearest(plan: Plan, box: usize, label: i32, error: f32): bool {
  const d = plan.d;
  const groupBytes = (<usize>(d + 1)) << 4;
  const own = plan.table + groupBytes * (label >> 2) + ((<usize>(label & 3)) << 2);
  const ownLength = v128.load32_splat(own);
  const threshold = f32x4.splat(error);
  let table = plan.table;
  for (let j = 0; j < plan.k; j += 4) {
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
    let clear = i32x4.bitmask(f32x4.gt(least, threshold));
    if (label >> 2 === j >> 2) clear |= 1 << (label & 3);
    if (clear !== 15) return false;
    table += groupBytes;
  }
  return true;
}

/** The centre of the least score in the middle of the box. */
function nearestToMiddle(plan: Plan, box: usize): i32 {
  const d = plan.d;
  let best: f32 = 3e38;
  let label = 0;
  for (let j = 0; j < plan.k; j++) {
    let at = plan.table + ((<usize>(d + 1)) << 4) * (j >> 2) + ((<usize>(j & 3)) << 2);
    let score = load<f32>(at);
    for (let a = 0; a < d; a++) {
      at += 16;
      const least = load<f32>(box + ((<usize>a) << 2));
      const largest = load<f32>(box + ((<usize>(d + a)) << 2));
      score += load<f32>(at) * (least + largest) * <f32>0.5;
    }
    if (score < best) {
      best = score;
      label = j;
    }
  }
  return label;
}
