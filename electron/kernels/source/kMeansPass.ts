import { boxFilter } from './boxFilter';
import { candidatePass, leastCandidates } from './candidatePass';
import {
  countTiles,
  decideActiveTiles,
  decideGathered,
  decideTiles,
  forgetRows,
  gatherRows,
  labelBox,
  listActive,
} from './decideRows';
import { Plan, blockRows, boxRows, mode, noLabel } from './kMeansPlan';
import { everyCentre } from './nearestFilter';

/**
 * Gives each row of a chunk its nearest centre, ties to the lowest index, exactly as distances in double precision
 * say, and keeps the sums of the chunk.
 *
 * A row whose bound says that no other centre can have become nearer is not looked at (Hamerly, 2010, with one bound
 * for the difference of both distances). The others are decided in single precision where its error allows, either
 * with the seven beside them or gathered, whichever is less work. Labels change in the order of rows, so that sums do
 * not depend on how rows were decided.
 */
export function kMeansPass(plan: Plan, scratch: usize, chunk: i32): void {
  if (plan.boxes !== 0 && plan.k >= leastCandidates) return candidatePass(plan, scratch, chunk);
  const from = plan.from(chunk);
  const to = plan.to(chunk);
  const sums = plan.sums + ((<usize>chunk * plan.k * (plan.d + 1)) << 4);
  if (plan.mode === mode.first) forgetRows(plan, sums, from, to);
  const mostGathered = gatherRows(plan.d);
  // In tenths of a nanosecond, measured: what deciding a row costs, and gathering it before.
  const deciding = 22 + (plan.d * ((plan.k + 3) & ~3)) / 3;
  const gathering = 40 + 12 * plan.d;
  let gathered = 0;
  const usesBoxes = plan.boxes !== 0;
  const step = usesBoxes ? boxRows : blockRows;
  for (let block = from; block < to; block += step) {
    const rows = min(step, to - block);
    if (usesBoxes) {
      const at = plan.boxLabel + ((<usize>(block / boxRows)) << 1);
      const before = <i32>load<u16>(at);
      const label = boxFilter(plan, block / boxRows, before);
      if (label !== before) store<u16>(at, <u16>label);
      if (label !== noLabel && label !== before) {
        decideGathered(plan, scratch, sums, gathered, mostGathered);
        gathered = 0;
        labelBox(plan, scratch, sums, block, rows, label);
      }
      if (label !== noLabel) continue;
    }
    if (plan.mode !== mode.bounded) {
      decideTiles(plan, scratch, sums, block, rows, everyCentre);
      continue;
    }
    const before = gathered;
    gathered = listActive(plan, scratch, block, rows, gathered);
    const active = gathered - before;
    if (active === 0) continue;
    if (8 * countTiles(scratch, before, gathered) * deciding <= active * (deciding + gathering)) {
      decideGathered(plan, scratch, sums, before, mostGathered);
      decideActiveTiles(plan, scratch, sums, before, gathered, to, everyCentre);
      gathered = 0;
    } else if (gathered >= mostGathered) {
      decideGathered(plan, scratch, sums, gathered, mostGathered);
      gathered = 0;
    }
  }
  decideGathered(plan, scratch, sums, gathered, mostGathered);
}
