import type { Candidates } from '../candidates';

/**
 * The longest edge of the shortest tree that joins all candidates: how far it is at most from one colour of a palette to
 * the next, however a palette is spread. 0 for one candidate.
 *
 * Source: Prim (1957), Shortest connection networks.
 */
export function longestGap({ points, d }: Candidates): number {
  const count = points.length / d;
  const squared = new Float64Array(count).fill(Infinity);
  const isJoined = new Uint8Array(count);
  let longest = 0;
  for (let joined = 0, last = 0; joined < count; joined++) {
    isJoined[last] = 1;
    if (joined > 0) longest = Math.max(longest, squared[last]);
    let next = last;
    let best = Infinity;
    for (let k = 0; k < count; k++) {
      if (isJoined[k] === 1) continue;
      let sum = 0;
      for (let a = 0; a < d; a++) sum += (points[k * d + a] - points[last * d + a]) ** 2;
      squared[k] = Math.min(squared[k], sum);
      if (squared[k] < best) {
        best = squared[k];
        next = k;
      }
    }
    last = next;
  }
  return Math.sqrt(longest);
}
