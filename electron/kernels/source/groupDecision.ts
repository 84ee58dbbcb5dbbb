import { GroupBounds } from './groupBounds';
import { looksAt, scoresAt } from './groupScratch';
import { noLabel, Plan } from './kMeansPlan';
import { copyLength } from './rowCopies';
import { RowScores } from './rowScores';
import { SparseScores } from './sparseScores';

/** Farther than anything. */
const never: f32 = 3e38;

/** Whether all groups of row i are farther than `limit`. */
export function areFar(plan: Plan, i: i32, limit: f32): bool {
  const near = f32x4.splat(limit);
  let drift = plan.groupDrift;
  let lower = GroupBounds.of(plan, i);
  for (let group = 0; group < plan.k; group += 16) {
    if (!i32x4.all_true(f32x4.gt(f32x4.sub(v128.load(lower), v128.load(drift)), near))) return false;
    lower += 16;
    drift += 16;
  }
  return true;
}

/**
 * The label of row i, whose bounds it brings up to date, from its scores of all groups; `noLabel` where single
 * precision cannot tell.
 */
export function decideAll(plan: Plan, i: i32, scores: usize): i32 {
  const square = load<f32>(plan.squares + ((<usize>i) << 2));
  const below = f32x4.splat(square - (plan.errorFixed + plan.errorPerSquare * square));
  const far = f32x4.splat(never);
  let best = far;
  let second = far;
  let nearest = i32x4.splat(0);
  let at = scores;
  let lower = GroupBounds.of(plan, i);
  let drift = plan.groupDrift;
  for (let group = 0; group << 2 < plan.k; group += 4) {
    let least = far;
    for (let four = 0; four < 4; four++) {
      // The last groups may be nobody's: what stands there is not looked at.
      const own = (group + four) << 2 < plan.k ? v128.load(at) : far;
      nearest = v128.bitselect(i32x4.splat(group + four), nearest, f32x4.lt(own, best));
      second = f32x4.pmin(second, f32x4.pmax(own, best));
      best = f32x4.pmin(best, own);
      // The four before move down a lane, the new one comes last.
      least = v128.shuffle<f32>(least, leastOf(own), 1, 2, 3, 4);
      at += 16;
    }
    v128.store(lower, f32x4.add(distances(f32x4.add(least, below)), v128.load(drift)));
    lower += 16;
    drift += 16;
  }
  return settle(plan, i, scores, best, second, nearest);
}

/**
 * The same, `own` its label and bounds valid: only groups that may be near are looked at. Their number is added to
 * `looksAt`. The row's copy lies from `row` to `end`.
 */
export function decideNear(plan: Plan, scratch: usize, i: i32, own: i32, row: usize, end: usize): i32 {
  const square = load<f32>(plan.squares + ((<usize>i) << 2));
  const error = plan.errorFixed + plan.errorPerSquare * square;
  const below = f32x4.splat(square - error);
  const ownGroup = own >> 2;
  const ownScore = scoreOf(plan, row, end, own);
  const upper = distance(ownScore + square + error);
  GroupBounds.storeUpper(plan, i, own, upper);
  const limit = f32x4.splat(GroupBounds.limit(plan, upper));
  const lower = GroupBounds.of(plan, i);
  const scores = scratch + scoresAt;
  const far = f32x4.splat(never);
  let best = far;
  let second = far;
  let nearest = i32x4.splat(0);
  let looks = load<i32>(scratch + looksAt);
  for (let four = 0; four << 2 < plan.k; four += 4) {
    const at = lower + ((<usize>four) << 2);
    const drift = plan.groupDrift + ((<usize>four) << 2);
    let mask = i32x4.bitmask(f32x4.gt(f32x4.sub(v128.load(at), v128.load(drift)), limit)) ^ 15;
    for (; mask !== 0; mask &= mask - 1) {
      const group = four + ctz(mask);
      if (group << 2 >= plan.k) break;
      looks++;
      let found = scoresOf(plan, row, end, group);
      if (group === ownGroup) found = v128.bitselect(far, found, lane(own & 3));
      v128.store(scores + ((<usize>group) << 4), found);
      nearest = v128.bitselect(i32x4.splat(group), nearest, f32x4.lt(found, best));
      second = f32x4.pmin(second, f32x4.pmax(found, best));
      best = f32x4.pmin(best, found);
      const least = f32x4.extract_lane(distances(f32x4.add(leastOf(found), below)), 0);
      GroupBounds.storeLower(plan, lower, group, least);
    }
  }
  store<i32>(scratch + looksAt, looks);
  const least = f32x4.extract_lane(f32x4.add(leastOf(best), below), 0);
  if (least > ownScore + square + error) return own;
  // Not certain unless all that was looked at is farther, or the new one nearer than the own.
  second = f32x4.pmin(second, f32x4.splat(ownScore));
  const label = settle(plan, i, scores, best, second, nearest);
  if (label === noLabel) return noLabel;
  const left = distance(ownScore + square - error);
  if (left < GroupBounds.lower(plan, lower, ownGroup)) GroupBounds.storeLower(plan, lower, ownGroup, left);
  return label;
}

/** The scores of a group for a row whose copy lies from `row` to `end`. */
function scoresOf(plan: Plan, row: usize, end: usize, group: i32): v128 {
  if (plan.cells !== 0) {
    const features = plan.cells + ((row - plan.tiles) >> 1);
    const stride = (<usize>((plan.k + 3) >> 2)) << 4;
    return SparseScores.ofGroup(row, end, features, plan.table + ((<usize>group) << 4), stride);
  }
  return RowScores.ofGroup(row, end, plan.table + ((<usize>(copyLength(plan.d) + 1) * group) << 4));
}

/** The same of one centre. */
function scoreOf(plan: Plan, row: usize, end: usize, centre: i32): f32 {
  if (plan.cells !== 0) {
    const features = plan.cells + ((row - plan.tiles) >> 1);
    const stride = (<usize>((plan.k + 3) >> 2)) << 4;
    return SparseScores.ofCentre(row, end, features, plan.table + ((<usize>centre) << 2), stride);
  }
  const group = centre >> 2;
  const table = plan.table + ((<usize>(copyLength(plan.d) + 1) * group) << 4);
  return RowScores.ofCentre(row, end, table, centre & 3);
}

/**
 * The label of the least score, if it is so for certain. Of each place in a group `best` is the least score, `second`
 * the next and `nearest` the group of `best`.
 */
function settle(plan: Plan, i: i32, scores: usize, best: v128, second: v128, nearest: v128): i32 {
  const square = load<f32>(plan.squares + ((<usize>i) << 2));
  const error = plan.errorFixed + plan.errorPerSquare * square;
  const least = leastOf(best);
  const place = ctz(i32x4.bitmask(f32x4.eq(best, least)));
  const mask = lane(place);
  const next = f32x4.extract_lane(leastOf(v128.bitselect(second, f32x4.pmin(best, second), mask)), 0);
  const upper = f32x4.extract_lane(least, 0) + square + error;
  if (!(next + (square - error) > upper)) return noLabel;
  const own = v128.and(nearest, mask);
  const pair = v128.or(own, v128.shuffle<i32>(own, own, 2, 3, 2, 3));
  const group = i32x4.extract_lane(pair, 0) | i32x4.extract_lane(pair, 1);
  const rest = leastOf(v128.bitselect(f32x4.splat(never), v128.load(scores + ((<usize>group) << 4)), mask));
  const label = (group << 2) + place;
  GroupBounds.storeUpper(plan, i, label, distance(upper));
  const far = distance(f32x4.extract_lane(rest, 0) + square - error);
  GroupBounds.storeLower(plan, GroupBounds.of(plan, i), group, far);
  return label;
}

/** All ones in one of four lanes. */
function lane(place: i32): v128 {
  return i32x4.eq(i32x4(0, 1, 2, 3), i32x4.splat(place));
}

/** The least of four numbers, four times. Not by `min`, which compiles to branches. */
function leastOf(numbers: v128): v128 {
  const pairs = f32x4.pmin(numbers, v128.shuffle<f32>(numbers, numbers, 2, 3, 0, 1));
  return f32x4.pmin(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2));
}

/** The roots of four squares; of what is below zero by rounding, zero. */
function distances(squares: v128): v128 {
  return f32x4.sqrt(f32x4.pmax(f32x4.splat(0), squares));
}

function distance(square: f32): f32 {
  return f32x4.extract_lane(distances(f32x4.splat(square)), 0);
}
