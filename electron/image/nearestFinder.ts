import type { Candidates } from './candidates';

/**
 * A search for the place of the candidate nearest to a point (d numbers); ties go to the lowest place. Candidates are
 * kept in order of their first coordinate and looked at from the point's own outwards, until that coordinate alone is
 * too far away.
 */
export function nearestFinder({ points, d }: Candidates): (point: Float64Array) => number {
  const count = points.length / d;
  const order = Uint8Array.from(
    Array.from({ length: count }, (_, k) => k).sort((a, b) => points[a * d] - points[b * d] || a - b),
  );
  const sorted = Float64Array.from(
    { length: count * d },
    (_, at) => points[order[Math.floor(at / d)] * d + (at % d)],
  );
  return (point) => {
    let up = 0;
    let high = count;
    while (up < high) {
      const middle = (up + high) >> 1;
      if (sorted[middle * d] < point[0]) up = middle + 1;
      else high = middle;
    }
    let down = up - 1;
    let best = Infinity;
    let place = 0;
    const consider = (candidate: number): void => {
      const at = candidate * d;
      const first = point[0] - sorted[at];
      const second = point[1] - sorted[at + 1];
      const third = point[2] - sorted[at + 2];
      let distance = first * first + second * second + third * third;
      if (d === 4) distance += (point[3] - sorted[at + 3]) ** 2;
      if (distance < best || (distance === best && order[candidate] < place)) {
        best = distance;
        place = order[candidate];
      }
    };
    while (up < count || down >= 0) {
      const before = best;
      if (up < count) {
        if ((sorted[up * d] - point[0]) ** 2 > before) up = count;
        else consider(up++);
      }
      if (down >= 0) {
        if ((point[0] - sorted[down * d]) ** 2 > best) down = -1;
        else consider(down--);
      }
    }
    return place;
  };
}
