/** Numbers of a slab: 64 kB. By eye. */
const slabLength = 8192;

/** Longer arrays have a buffer of their own: its cost is nothing beside filling it. */
const longest = 1024;

let slab = new Float64Array(0);
let used = 0;

/**
 * `length` zeros that do not outlive the step they are made for. Small ones share a buffer, because V8 takes far longer
 * to make and collect the buffer of a small array than a fit of a hundred rows has to spend in it. What is kept or sent
 * to another thread must be a copy: it would keep, and send, the whole slab.
 */
export function shortLived(length: number): Float64Array {
  if (length > longest) return new Float64Array(length);
  if (used + length > slab.length) {
    slab = new Float64Array(slabLength);
    used = 0;
  }
  const numbers = slab.subarray(used, used + length);
  used += length;
  return numbers;
}
