import { GroupBounds } from './groupBounds';
import { moveRows } from './kMeansMoves';
import { Plan, blockRows, mode, noLabel } from './kMeansPlan';
import { copyLength } from './rowCopies';
import { RowScores } from './rowScores';
import { firstCell } from './sparseRows';
import { SparseScores } from './sparseScores';

/** Scratch of a thread: of a block of rows labels, whether they are certain, places that change; scores of two rows. */
const labelAt: usize = 0;
const gapAt: usize = blockRows * 4;
const changeAt: usize = blockRows * 8;
const looksAt: usize = blockRows * 12 + 64;
const scoresAt: usize = blockRows * 24;

/** A block whose rows look at more than 1 in so many groups does so for two rows at once at all groups. Measured. */
const dense: i32 = 2;

/** Rows before that can be told. By eye. */
const fewRows: i32 = 16;

/** Farther than anything. */
const never: f32 = 3e38;

/**
 * `kMeansPass` for rows of many features, row by row: a group of four centres is looked at only where its bound does
 * not say that the own centre is nearer. Scores err as those of `nearestFilter`.
 */
export function groupPass(plan: Plan, scratch: usize, chunk: i32): void {
  const from = plan.from(chunk);
  const to = plan.to(chunk);
  const sums = sumsOf(plan, chunk);
  const groups = (plan.k + 3) >> 2;
  const bytes = (<usize>copyLength(plan.d)) << 2;
  const isBounded = plan.mode === mode.bounded;
  for (let block = from; block < to; block += blockRows) {
    const rows = min(blockRows, to - block);
    let change = scratch + changeAt;
    store<i32>(scratch + looksAt, 0);
    let r = 0;
    for (; isBounded && r < rows; r++) {
      if (load<i32>(scratch + looksAt) * dense > max(r, fewRows) * groups) break;
      const i = block + r;
      const own = <i32>load<u16>(plan.label + ((<usize>i) << 1));
      if (areFar(plan, i, GroupBounds.limit(plan, GroupBounds.upper(plan, i, own)))) continue;
      const row = plan.tiles + bytes * i;
      change = list(scratch, change, r, own, decideNear(plan, scratch, i, own, row, row + bytes));
    }
    const scores = scratch + scoresAt;
    for (; r < rows; r += 2) {
      const i = block + r;
      const other = r + 1 < rows ? 1 : 0;
      RowScores.ofPair(plan.tiles + bytes * i, bytes, other, plan.table, groups, scores);
      for (let own = 0; own <= other; own++) {
        const label = <i32>load<u16>(plan.label + ((<usize>(i + own)) << 1));
        const next = decideAll(plan, i + own, scores + ((<usize>(own * groups)) << 4));
        change = list(scratch, change, r + own, label, next);
      }
    }
    moveListed(plan, sums, scratch, change, block);
  }
}

/** The same for rows of which only the cells that are not zero are kept. */
export function sparsePass(plan: Plan, scratch: usize, chunk: i32): void {
  const to = plan.to(chunk);
  const sums = sumsOf(plan, chunk);
  const groups = (plan.k + 3) >> 2;
  const isBounded = plan.mode === mode.bounded;
  // Of few groups to look at all costs less than to look at the own centre first. By eye.
  const seeksNear = groups > 6;
  const scores = scratch + scoresAt;
  let cell = firstCell(plan, plan.from(chunk));
  for (let block = plan.from(chunk); block < to; block += blockRows) {
    const rows = min(blockRows, to - block);
    let change = scratch + changeAt;
    store<i32>(scratch + looksAt, 0);
    for (let r = 0; r < rows; r++) {
      const i = block + r;
      const row = plan.tiles + (cell << 2);
      const features = plan.cells + (cell << 1);
      cell = <usize>load<u32>(plan.cellEnds + ((<usize>i) << 2));
      const end = plan.tiles + (cell << 2);
      const own = <i32>load<u16>(plan.label + ((<usize>i) << 1));
      if (isBounded) {
        if (areFar(plan, i, GroupBounds.limit(plan, GroupBounds.upper(plan, i, own)))) continue;
        if (seeksNear && load<i32>(scratch + looksAt) * dense <= max(r, fewRows) * groups) {
          change = list(scratch, change, r, own, decideNear(plan, scratch, i, own, row, end));
          continue;
        }
      }
      SparseScores.ofAll(row, end, features, plan.table, groups, scores);
      change = list(scratch, change, r, own, decideAll(plan, i, scores));
    }
    moveListed(plan, sums, scratch, change, block);
  }
}

/** Where the sums of a chunk lie; before the first pass they and its labels are cleared. */
function sumsOf(plan: Plan, chunk: i32): usize {
  const from = plan.from(chunk);
  const columns = plan.k * (plan.d + 1);
  const sums = plan.sums + ((<usize>chunk * columns) << 4);
  if (plan.mode === mode.first) {
    memory.fill(sums, 0, (<usize>columns) << 4);
    memory.fill(plan.label + ((<usize>from) << 1), 0xff, (<usize>(plan.to(chunk) - from)) << 1);
  }
  return sums;
}

/** Moves the rows of a block that are on the list, which ends at `change`. */
function moveListed(plan: Plan, sums: usize, scratch: usize, change: usize, block: i32): void {
  const changes = <i32>((change - scratch - changeAt) >> 2);
  moveRows(plan, sums, scratch + changeAt, changes, scratch + labelAt, scratch + gapAt, 0, block);
}

/** Puts place r of the block on the list at `change` if its label changes or is not certain; returns the list's end. */
function list(scratch: usize, change: usize, r: i32, before: i32, label: i32): usize {
  store<i32>(scratch + labelAt + ((<usize>r) << 2), label);
  store<f32>(scratch + gapAt + ((<usize>r) << 2), label === noLabel ? 0 : 1);
  store<i32>(change, r);
  return change + (label !== before || label === noLabel ? 4 : 0);
}

/** Whether all groups of row i are farther than `limit`. */
function areFar(plan: Plan, i: i32, limit: f32): bool {
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
function decideAll(plan: Plan, i: i32, scores: usize): i32 {
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
function decideNear(plan: Plan, scratch: usize, i: i32, own: i32, row: usize, end: usize): i32 {
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
