import type { ModelSpecification } from '../../shared/model';
import type { FeatureSpace } from '../engine/featureSpace';
import type { Params } from '../engine/model';
import { TaskControl } from './control';
import type { ThreadPool } from './pool';
import type { SharedRows } from './sharedRows';

/** Memberships (n x K) and log density (n) of every row at `params`, computed on all threads. */
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
  const task = { rows, model, space, params, responsibilities, logDensity, control: control.memory };
  await pool.run(
    () => ({ kind: 'memberships', ...task }),
    () => undefined,
    () => control.cancel(),
    // Never cancelled: it is how a cancelled fit keeps what it has.
    new AbortController().signal,
  );
  return { memberships: new Float64Array(responsibilities), logDensity: new Float64Array(logDensity) };
}
