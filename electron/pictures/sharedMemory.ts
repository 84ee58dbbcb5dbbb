/** The same numbers in shared memory, copied unless they lie there: threads are given them without a copy. */
export function shared<T extends Uint8Array | Int32Array | Float64Array>(numbers: T): T {
  if (numbers.buffer instanceof SharedArrayBuffer) return numbers;
  const kind = numbers.constructor as new (memory: SharedArrayBuffer) => T;
  const copy = new kind(new SharedArrayBuffer(numbers.byteLength));
  copy.set(numbers);
  return copy;
}
