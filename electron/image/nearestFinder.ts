import type { Candidates } from './candidates';

/**
 * A search for the place of the candidate nearest to a point (d numbers); ties go to the lowest place. Candidates are
 * kept in order of their first coordinate and looked at from the point's own outwards, until that coordinate alone is
 * farther away than the nearest so far; the last answer is looked at first, since neighbours are alike.
 */
export function nearestFinder({ points, d }: Candidates): (point: Float64Array) => number {
  const count = points.length / d;
  const order = Uint8Array.from(points.subarray(0, count).keys()).sort(
    (a, b) => points[a * d] - points[b * d] || a - b,
  );
  const sorted = new Float64Array(4 * count);
  order.forEach((place, at) => sorted.set(points.subarray(place * d, (place + 1) * d), 4 * at));
  let last = 0;
  return (point) => {
    const p0 = point[0];
    const p1 = point[1];
    const p2 = point[2];
    const p3 = d === 4 ? point[3] : 0;
    const start = firstFrom(sorted, count, p0);
    let nearest = last;
    let best = squaredDistance(sorted, 4 * last, p0, p1, p2, p3);
    for (let c = start; c < count; c++) {
      const along = sorted[4 * c] - p0;
      if (along * along > best) break;
      const distance = squaredDistance(sorted, 4 * c, p0, p1, p2, p3);
      if (distance < best || (distance === best && order[c] < order[nearest])) {
        best = distance;
        nearest = c;
      }
    }
    for (let c = start - 1; c >= 0; c--) {
      const along = sorted[4 * c] - p0;
      if (along * along > best) break;
      const distance = squaredDistance(sorted, 4 * c, p0, p1, p2, p3);
      if (distance < best || (distance === best && order[c] < order[nearest])) {
        best = distance;
        nearest = c;
      }
    }
    last = nearest;
    return order[nearest];
  };
}

/** How many of the sorted candidates begin with less than `value`. */
function firstFrom(sorted: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[4 * middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function squaredDistance(
  sorted: Float64Array,
  at: number,
  p0: number,
  p1: number,
  p2: number,
  p3: number,
): number {
  const d0 = sorted[at] - p0;
  const d1 = sorted[at + 1] - p1;
  const d2 = sorted[at + 2] - p2;
  const d3 = sorted[at + 3] - p3;
  return d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
}
