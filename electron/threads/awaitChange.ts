/** Looks at a word before a thread sleeps: about a tenth of a millisecond, less than waking up takes. */
const looks = 20_000;

/** Waits until a word of shared memory is no more `value`, at most about `forMs`: first looks at it, then sleeps. */
export function awaitChange(words: Int32Array, at: number, value: number, forMs: number): void {
  for (let look = 0; look < looks; look++) if (Atomics.load(words, at) !== value) return;
  Atomics.wait(words, at, value, forMs);
}
