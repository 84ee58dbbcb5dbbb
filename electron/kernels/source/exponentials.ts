import { Lanes } from './lanes';

/** e^x of `pairs` pairs of numbers <= 0 at `x`, in place. */
export function exponentials(x: usize, pairs: i32): void {
  for (let i = 0; i < pairs; i++) {
    v128.store(x, Lanes.exp(v128.load(x)));
    x += 16;
  }
}
