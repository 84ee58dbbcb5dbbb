/** The same numbers in shared memory: threads are given them without a copy. */
export function shared<T extends Uint8Array | Int32Array | Float64Array>(numbers: T): T {
  // Not by its own constructor: a Buffer is bytes too, and Node warns of making one so.
  const made = numbers instanceof Uint8Array ? Uint8Array : numbers.constructor;
  const kind = made as new (memory: SharedArrayBuffer) => T;
  const copy = new kind(new SharedArrayBuffer(numbers.byteLength));
  copy.set(numbers);
  return copy;
}
