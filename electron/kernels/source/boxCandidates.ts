import { Box, errorInBox, nearestToMiddle, placeOfBox } from './boxFilter';
import { Plan } from './kMeansPlan';

/** The centres that may be nearest to some point of a box, as a table of their own. */
@unmanaged
export class BoxCandidates {
  /** By how much the score of each of the others is at least above the best, wherever in the box. */
  margin: f32;
  count: i32;

  /** i32: which centres they are, in ascending order. */
  @inline
  names(): usize {
    return changetype<usize>(this) + 16;
  }

  /** In groups of four, as the table of the plan. */
  @inline
  table(plan: Plan): usize {
    return this.names() + ((<usize>((plan.k + 3) & ~3)) << 2);
  }
}

/**
 * Finds the candidates of a box: with hundreds of centres few are left, and rows are decided among them in little more
 * time than this takes.
 *
 * Centre i is the nearest to the middle of the box. Centre j is left out when its score less that of i, linear in the
 * point, is positive in the corner where it is least (Kanungo et al., 2002, "An efficient k-means clustering algorithm",
 * section 2): i is nearer everywhere then, and what is nearest is nearer than j by that much at least.
 */
export function findCandidates(plan: Plan, index: i32, candidates: BoxCandidates): void {
  const d = plan.d;
  const box = placeOfBox(plan, index);
  const error = errorInBox(plan, box);
  const threshold = f32x4.splat(error);
  const groupBytes = (<usize>(d + 1)) << 4;
  const i = nearestToMiddle(plan, index);
  const own = plan.table + groupBytes * (i >> 2) + ((<usize>(i & 3)) << 2);
  const ownLength = v128.load32_splat(own);
  const all = f32x4.splat(3e38);
  let lowest = all;
  let count = 0;
  let table = plan.table;
  for (let j = 0; j < plan.k; j += 4) {
    const least = Box.leastExcess(table, own, ownLength, box, d);
    const isOut = f32x4.gt(least, threshold);
    lowest = f32x4.pmin(lowest, v128.bitselect(least, all, isOut));
    let left = i32x4.bitmask(isOut) ^ 15;
    if (i >> 2 === j >> 2) left |= 1 << (i & 3);
    for (; left !== 0; left &= left - 1) {
      const place = ctz(left);
      copyCentre(table + ((<usize>place) << 2), placeOf(plan, candidates, count), groupBytes);
      store<i32>(candidates.names() + ((<usize>count) << 2), j + place);
      count++;
    }
    table += groupBytes;
  }
  candidates.count = count;
  const two = f32x4.pmin(lowest, i32x4.shuffle(lowest, lowest, 2, 3, 0, 1));
  const others = min(f32x4.extract_lane(two, 0), f32x4.extract_lane(two, 1));
  // Less what adding it to a score rounds off.
  candidates.margin = (others - error) * <f32>0.999999;
  for (; (count & 3) !== 0; count++) {
    const never = placeOf(plan, candidates, count);
    store<f32>(never, 1e38);
    for (let at: usize = 16; at < groupBytes; at += 16) store<f32>(never + at, 0);
    store<i32>(candidates.names() + ((<usize>count) << 2), 0);
  }
}

/** Where candidate c stands in the table of the candidates. */
function placeOf(plan: Plan, candidates: BoxCandidates, c: i32): usize {
  return candidates.table(plan) + ((<usize>((plan.d + 1) * (c >> 2))) << 4) + ((<usize>(c & 3)) << 2);
}

function copyCentre(from: usize, to: usize, groupBytes: usize): void {
  for (let at: usize = 0; at < groupBytes; at += 16) store<f32>(to + at, load<f32>(from + at));
}
