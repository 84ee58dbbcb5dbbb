import { GroupBounds } from './groupBounds';
import { areFar, decideAll, decideNear } from './groupDecision';
import { changeAt, gapAt, labelAt, looksAt, scoresAt } from './groupScratch';
import { moveRows } from './kMeansMoves';
import { blockRows, mode, noLabel, Plan } from './kMeansPlan';
import { copyLength } from './rowCopies';
import { RowScores } from './rowScores';
import { firstCell } from './sparseRows';
import { SparseScores } from './sparseScores';

/** A block whose rows look at more than 1 in so many groups does so for two rows at once at all groups. Measured. */
const dense: i32 = 2;

/** Rows before that can be told. By eye. */
const fewRows: i32 = 16;

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
