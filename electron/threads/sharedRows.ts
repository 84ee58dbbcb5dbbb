import type { Rows } from '../engine/model';
import { allocateMemory, bufferOf, headerBytes } from '../kernels/memory';

/** Rows of a fit as every thread sees them: one shared memory, never copied. */
export interface SharedRows {
  readonly memory: WebAssembly.Memory;
  readonly n: number;
  readonly d: number;
  readonly hasWeight: boolean;
}

/**
 * Room for `n` rows of `d` features, and a weight each if `hasWeight`. WebAssembly memory, because plain buffers
 * stop at 2 GiB in a utility process and the compiled kernels work on it without a copy.
 */
export function allocateRows(n: number, d: number, hasWeight: boolean): SharedRows {
  const bytes = n * (d + (hasWeight ? 1 : 0)) * Float64Array.BYTES_PER_ELEMENT;
  return { memory: allocateMemory(bytes), n, d, hasWeight };
}

/** The rows as the engine reads them: views on the shared memory. */
export function viewRows({ memory, n, d, hasWeight }: SharedRows): Rows {
  const buffer = bufferOf(memory);
  const x = new Float64Array(buffer, headerBytes, n * d);
  return hasWeight
    ? { x, n, d, weight: new Float64Array(buffer, headerBytes + x.byteLength, n) }
    : { x, n, d };
}
