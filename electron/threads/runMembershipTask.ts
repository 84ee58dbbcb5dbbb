import { createModel } from '../engine/models/registry';
import { chunkCount, chunkRange } from '../engine/rows';
import type { Kernels } from '../kernels/kernels';
import { ThreadControl } from './control';
import { viewRows } from './sharedRows';
import type { MembershipTask } from './task';

/**
 * Memberships of the chunks of rows that nobody else has taken, one each time the generator is asked; which thread does
 * a chunk does not change its bits.
 */
export function* runMembershipTask(task: MembershipTask, kernels: Kernels): Generator<void> {
  const rows = viewRows(task.rows);
  const model = createModel(task.model, task.space, kernels);
  const control = new ThreadControl(task.control);
  const responsibilities = new Float64Array(task.responsibilities);
  const logDensity = new Float64Array(task.logDensity);
  const chunks = chunkCount(rows.n);
  for (let chunk = control.take(); chunk < chunks && !control.isCancelled; chunk = control.take()) {
    const { from, to } = chunkRange(rows.n, chunk);
    model.posterior(
      task.params,
      rows,
      from,
      to,
      responsibilities.subarray(from * model.components, to * model.components),
      logDensity.subarray(from, to),
    );
    yield;
  }
}
