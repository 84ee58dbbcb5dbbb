import { setImmediate } from 'node:timers/promises';
import type { ModelSpecification } from '../../shared/model';
import type { FeatureSpace } from '../engine/featureSpace';
import type { Params } from '../engine/model';
import { TaskControl } from './control';
import { kernelsBeside } from './kernelsBeside';
import type { ThreadPool } from './pool';
import { runMembershipTask } from './runMembershipTask';
import type { SharedRows } from './sharedRows';
import type { MembershipTask } from './task';

/**
 * Memberships (n x K) and log density (n) of every row at `params`. Computed on all threads; while those are busy, on
 * this one, which answers others between two chunks.
 */
export async function computeMemberships(
  pool: ThreadPool,
  rows: SharedRows,
  model: ModelSpecification,
  space: FeatureSpace,
  params: Params,
): Promise<{ memberships: Float64Array; logDensity: Float64Array }> {
  const bytes = Float64Array.BYTES_PER_ELEMENT;
  const responsibilities = new SharedArrayBuffer(rows.n * model.components * bytes);
  const logDensity = new SharedArrayBuffer(rows.n * bytes);
  const control = new TaskControl();
  const task: MembershipTask = {
    kind: 'memberships',
    rows,
    model,
    space,
    params,
    responsibilities,
    logDensity,
    control: control.memory,
  };
  if (pool.isBusy) await computeHere(task, pool.kernels);
  else
    await pool.run(
      () => task,
      () => undefined,
      () => control.cancel(),
      // Never cancelled: it is how a cancelled fit keeps what it has.
      new AbortController().signal,
    );
  return { memberships: new Float64Array(responsibilities), logDensity: new Float64Array(logDensity) };
}

async function computeHere(task: MembershipTask, module: WebAssembly.Module | null): Promise<void> {
  const { kernels, release } = kernelsBeside(module, task.rows);
  try {
    for (const _chunk of runMembershipTask(task, kernels)) await setImmediate();
  } finally {
    release();
  }
}
