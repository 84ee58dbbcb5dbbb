import type { ModelSpecification } from '../../shared/model';
import type { FeatureSpace } from '../engine/featureSpace';
import type { Params } from '../engine/model';
import type { ThreadPool } from './pool';
import type { SharedRows } from './sharedRows';
import { controlWord } from './task';

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
  const control = new SharedArrayBuffer(controlWord.length * Int32Array.BYTES_PER_ELEMENT);
  await pool.run(
    () => ({ kind: 'memberships', rows, model, space, params, responsibilities, logDensity, control }),
    () => undefined,
    () => Atomics.store(new Int32Array(control), controlWord.cancel, 1),
    // Never cancelled: it is how a cancelled fit keeps what it has.
    new AbortController().signal,
  );
  return { memberships: new Float64Array(responsibilities), logDensity: new Float64Array(logDensity) };
}
