import { BoxCandidates, findCandidates } from './boxCandidates';
import { isNearest } from './boxFilter';
import {
  candidatesAt,
  decideActiveTiles,
  decideGathered,
  decideTiles,
  forgetRows,
  gatherRows,
  labelBox,
  listActive,
} from './decideRows';
import { Plan, boxRows, mode, noLabel } from './kMeansPlan';

/** With fewer centres looking for candidates takes what it saves. By eye. */
export const leastCandidates: i32 = 16;

/** So many rows of a box are worth looking for its candidates. By eye: it costs what six rows do, whatever k is. */
const leastActive: i32 = 6;

/**
 * What `kMeansPass` does, over boxes that may lie across clusters: the rows of a box are decided among the few centres
 * that may be nearest to one of them (`findCandidates`).
 */
export function candidatePass(plan: Plan, scratch: usize, chunk: i32): void {
  const from = plan.from(chunk);
  const to = plan.to(chunk);
  const sums = plan.sums + ((<usize>chunk * plan.k * (plan.d + 1)) << 4);
  if (plan.mode === mode.first) forgetRows(plan, sums, from, to);
  const mostGathered = gatherRows(plan.d) - boxRows;
  const candidates = changetype<BoxCandidates>(scratch + candidatesAt(plan.d));
  const among = changetype<usize>(candidates);
  let gathered = 0;
  for (let first = from; first < to; first += boxRows) {
    const rows = min(boxRows, to - first);
    const box = first / boxRows;
    const at = plan.boxLabel + ((<usize>box) << 1);
    const before = <i32>load<u16>(at);
    if (before !== noLabel && isNearest(plan, box, before)) continue;
    let active = rows;
    if (before === noLabel && plan.mode === mode.bounded) {
      active = listActive(plan, scratch, first, rows, gathered) - gathered;
      if (active < leastActive) {
        gathered += active;
        if (gathered >= mostGathered) {
          decideGathered(plan, scratch, sums, gathered, gatherRows(plan.d));
          gathered = 0;
        }
        continue;
      }
    }
    // Rows move in their order; the list of this box stands behind theirs.
    decideGathered(plan, scratch, sums, gathered, gatherRows(plan.d));
    findCandidates(plan, box, candidates);
    const label = candidates.count === 1 ? load<i32>(candidates.names()) : noLabel;
    if (label !== before) store<u16>(at, <u16>label);
    if (label !== noLabel) labelBox(plan, scratch, sums, first, rows, label);
    else if (active === rows) decideTiles(plan, scratch, sums, first, rows, among);
    else decideActiveTiles(plan, scratch, sums, gathered, gathered + active, to, among);
    gathered = 0;
  }
  decideGathered(plan, scratch, sums, gathered, gatherRows(plan.d));
}
