import { z } from 'zod';

/** Typed arrays cross the port by structured clone; these check that they arrived as such. */
export const float64Array = z.custom<Float64Array>((value) => value instanceof Float64Array, {
  error: 'expected a Float64Array',
});
export const int32Array = z.custom<Int32Array>((value) => value instanceof Int32Array, {
  error: 'expected an Int32Array',
});
export const uint8Array = z.custom<Uint8Array>((value) => value instanceof Uint8Array, {
  error: 'expected a Uint8Array',
});
