import type { Random } from '../../electron/engine/numeric/random';
import { someRows, type BenchData } from './benchData';

const side = 28;
const d = side * side;
const kinds = 10;

/** Whole numbers of 0 to 255 like pictures of handwriting, four fifths of them 0: blurred strokes, moved and noisy. */
export function digits({ name, n, seed }: { name: string; n: number; seed: number }): BenchData {
  return {
    ...{ name, n, d, seed, k: kinds },
    make(random) {
      const strokes = Array.from({ length: kinds }, () => stroke(random));
      const x = new Float64Array(n * d);
      for (let i = 0; i < n; i++) {
        const drawn = strokes[random.integer(kinds)];
        const [down, right] = [random.integer(5) - 2, random.integer(5) - 2];
        const strength = 200 + 220 * random.uniform();
        for (let at = 0; at < d; at++) {
          const ink = drawn[moved(at, down, right)];
          const value = ink > 0.02 ? strength * ink + 40 * ink * random.normal() : strength * ink;
          x[i * d + at] = Math.min(255, Math.max(0, Math.round(value)));
        }
      }
      return { x, centres: someRows(x, n, d, kinds, random) };
    },
  };
}

/** The pixel so far up and left of another, around the edges. */
function moved(at: number, down: number, right: number): number {
  const row = (Math.floor(at / side) - down + side) % side;
  return row * side + ((at - right + side) % side);
}

/** A random walk of a pen, blurred twice; the darkest pixel is 1. */
function stroke(random: Random): Float64Array {
  let ink = new Float64Array(d);
  let [row, column] = [6 + 16 * random.uniform(), 6 + 16 * random.uniform()];
  const within = (value: number): number => Math.min(23, Math.max(4, value));
  for (let step = 0; step < 60; step++) {
    row = within(row + 1.6 * random.normal());
    column = within(column + 1.6 * random.normal());
    ink[Math.floor(row) * side + Math.floor(column)] += 1;
  }
  for (let pass = 0; pass < 2; pass++) {
    const before = ink;
    const neighbours = [
      [0, 0],
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ];
    ink = before.map((_, at) => neighbours.reduce((sum, [a, b]) => sum + before[moved(at, a, b)] / 5, 0));
  }
  const darkest = ink.reduce((most, value) => Math.max(most, value), 0);
  return ink.map((value) => value / darkest);
}
