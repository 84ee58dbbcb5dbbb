import type { Candidates } from './candidates';

const blockSize = 64; // measured: colours of a photograph in Morton order, 2 to 256 candidates

/**
 * For each of `n` points (n x d, neighbours near each other) the place of the nearest candidate among the candidates;
 * ties go to the first. Only candidates that can be nearest to some point of a block's bounding box are compared.
 */
export function nearestOfEach(points: Float64Array, { points: centres, d }: Candidates): Uint8Array {
  const n = points.length / d;
  const nearest = new Uint8Array(n);
  const box = new Float64Array(2 * d);
  const possible = new Int32Array(centres.length / d);
  const least = new Float64Array(possible.length);
  for (let start = 0; start < n; start += blockSize) {
    const end = Math.min(n, start + blockSize);
    boundingBox(points, d, start, end, box);
    const count = possibleNearest(box, centres, d, least, possible);
    if (count === 1) nearest.fill(possible[0], start, end);
    else nearestAmong(points, start, end, centres, d, possible, count, nearest);
  }
  return nearest;
}

/** The middle of the box, then its half widths. */
function boundingBox(points: Float64Array, d: number, start: number, end: number, box: Float64Array): void {
  for (let a = 0; a < d; a++) {
    let low = Infinity;
    let high = -Infinity;
    for (let i = start; i < end; i++) {
      const value = points[i * d + a];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    box[a] = (low + high) / 2;
    box[d + a] = (high - low) / 2;
  }
}

/** Candidates whose least distance to the box is not above every candidate's largest one: their places, and how many. */
function possibleNearest(
  box: Float64Array,
  centres: Float64Array,
  d: number,
  least: Float64Array,
  possible: Int32Array,
): number {
  let limit = Infinity;
  for (let k = 0; k < least.length; k++) {
    let near = 0;
    let far = 0;
    for (let a = 0; a < d; a++) {
      const away = Math.abs(centres[k * d + a] - box[a]);
      const outside = away - box[d + a];
      if (outside > 0) near += outside * outside;
      far += (away + box[d + a]) * (away + box[d + a]);
    }
    least[k] = near;
    if (far < limit) limit = far;
  }
  // Sums are rounded in another order than distances: a candidate that ties must not be lost.
  limit *= 1 + 1e-9;
  let count = 0;
  for (let k = 0; k < least.length; k++) if (least[k] <= limit) possible[count++] = k;
  return count;
}

function nearestAmong(
  points: Float64Array,
  start: number,
  end: number,
  centres: Float64Array,
  d: number,
  possible: Int32Array,
  count: number,
  nearest: Uint8Array,
): void {
  for (let i = start; i < end; i++) {
    const at = i * d;
    let best = Infinity;
    for (let c = 0; c < count; c++) {
      const centre = possible[c] * d;
      const first = points[at] - centres[centre];
      const second = points[at + 1] - centres[centre + 1];
      const third = points[at + 2] - centres[centre + 2];
      let distance = first * first + second * second + third * third;
      if (d === 4) distance += (points[at + 3] - centres[centre + 3]) ** 2;
      if (distance < best) {
        best = distance;
        nearest[i] = possible[c];
      }
    }
  }
}
