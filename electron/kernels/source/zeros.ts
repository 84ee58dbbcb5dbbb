/** Bytes of the numbers `areZero` looks at. */
export const zeroBytes: usize = 64;

/** Whether eight numbers are all zero: rows of many features often have runs of zeros, which change no sum. */
export function areZero(at: usize): bool {
  const first = v128.or(v128.load(at), v128.load(at, 16));
  return !v128.any_true(v128.or(first, v128.or(v128.load(at, 32), v128.load(at, 48))));
}
