import type { Rows } from '../engine/model';
import { allocateMemory, bufferOf, headerBytes } from '../kernels/memory';

/** Rows of a fit as every thread sees them: one shared memory, never copied. */
export interface SharedRows {
  readonly memory: WebAssembly.Memory;
  readonly n: number;
  readonly d: number;
  readonly hasWeight: boolean;
  readonly hasLabel: boolean;
  /** Whether any cell is NaN. */
  readonly hasMissing: boolean;
}

/** What rows have besides their cells; nothing when left out. */
export type RowExtras = Partial<Pick<SharedRows, 'hasWeight' | 'hasLabel' | 'hasMissing'>>;

/**
 * Room for `n` rows of `d` features, and a weight and a label each if there are any. WebAssembly memory, because plain
 * buffers stop at 2 GiB in a utility process and the compiled kernels work on it without a copy.
 */
export function allocateRows(
  n: number,
  d: number,
  { hasWeight = false, hasLabel = false, hasMissing = false }: RowExtras = {},
): SharedRows {
  const numbers = n * (d + (hasWeight ? 1 : 0));
  const bytes = numbers * Float64Array.BYTES_PER_ELEMENT + (hasLabel ? n * Int32Array.BYTES_PER_ELEMENT : 0);
  return { memory: allocateMemory(bytes), n, d, hasWeight, hasLabel, hasMissing };
}

/** The rows as the engine reads them: views on the shared memory. */
export function viewRows({ memory, n, d, hasWeight, hasLabel, hasMissing }: SharedRows): Rows {
  const buffer = bufferOf(memory);
  const x = new Float64Array(buffer, headerBytes, n * d);
  const weightAt = headerBytes + x.byteLength;
  const labelAt = weightAt + (hasWeight ? n * Float64Array.BYTES_PER_ELEMENT : 0);
  return {
    x,
    n,
    d,
    hasMissing,
    weight: hasWeight ? new Float64Array(buffer, weightAt, n) : undefined,
    label: hasLabel ? new Int32Array(buffer, labelAt, n) : undefined,
  };
}
