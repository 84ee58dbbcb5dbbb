import type { Rows } from '../engine/model';

/** Rows of a fit as every thread sees them: one shared memory, never copied. */
export interface SharedRows {
  readonly memory: WebAssembly.Memory;
  readonly n: number;
  readonly d: number;
  readonly hasWeight: boolean;
}

const pageBytes = 65536;

/**
 * Room for `n` rows of `d` features, and a weight each if `hasWeight`. WebAssembly memory, because plain buffers
 * stop at 2 GiB in a utility process and the kernels to come work on it without a copy.
 */
export function allocateRows(n: number, d: number, hasWeight: boolean): SharedRows {
  const bytes = n * (d + (hasWeight ? 1 : 0)) * Float64Array.BYTES_PER_ELEMENT;
  const pages = Math.max(1, Math.ceil(bytes / pageBytes));
  return {
    memory: new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }),
    n,
    d,
    hasWeight,
  };
}

/** The rows as the engine reads them: views on the shared memory. */
export function viewRows({ memory, n, d, hasWeight }: SharedRows): Rows {
  const x = new Float64Array(memory.buffer, 0, n * d);
  return hasWeight
    ? { x, n, d, weight: new Float64Array(memory.buffer, n * d * Float64Array.BYTES_PER_ELEMENT, n) }
    : { x, n, d };
}
