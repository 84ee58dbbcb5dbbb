import type { Candidates } from './candidates';

// Measured: colours of a photograph in Morton order, 16 and 256 candidates.
const blockSize = 64;
const groupSize = 1024;

/**
 * For each of `n` points (n x d, neighbours near each other) the place of the nearest candidate among the candidates;
 * ties go to the first. Only candidates that can be nearest to some point of a bounding box are compared: those of a
 * group's box are looked for among all, those of a block's among its group's.
 */
export function nearestOfEach(points: Float64Array, { points: centres, d }: Candidates): Uint8Array {
  const n = points.length / d;
  const nearest = new Uint8Array(n);
  const box = new Float64Array(2 * d);
  const all = Int32Array.from({ length: centres.length / d }, (_, k) => k);
  const ofGroup = new Int32Array(all.length);
  const ofBlock = new Int32Array(all.length);
  const least = new Float64Array(all.length);
  const blocks = new Float64Array((groupSize / blockSize) * 2 * d);
  for (let group = 0; group < n; group += groupSize) {
    const groupEnd = Math.min(n, group + groupSize);
    let found = 0;
    for (let start = group; start < groupEnd; start += blockSize, found++) {
      const place = blocks.subarray(found * 2 * d, (found + 1) * 2 * d);
      boundingBox(points, d, start, Math.min(groupEnd, start + blockSize), place);
    }
    boxOfBoxes(blocks, d, found, box);
    const among = possibleNearest(box, centres, d, all, all.length, least, ofGroup);
    for (let block = 0; block < found; block++) {
      const start = group + block * blockSize;
      const end = Math.min(groupEnd, start + blockSize);
      const own = blocks.subarray(block * 2 * d, (block + 1) * 2 * d);
      const count = possibleNearest(own, centres, d, ofGroup, among, least, ofBlock);
      if (count === 1) nearest.fill(ofBlock[0], start, end);
      else nearestAmong(points, start, end, centres, d, ofBlock, count, nearest);
    }
  }
  return nearest;
}

/** The least and the largest coordinates: d, then d more. */
function boundingBox(points: Float64Array, d: number, start: number, end: number, box: Float64Array): void {
  for (let a = 0; a < d; a++) {
    let low = Infinity;
    let high = -Infinity;
    for (let at = start * d + a; at < end * d; at += d) {
      const value = points[at];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    box[a] = low;
    box[d + a] = high;
  }
}

function boxOfBoxes(boxes: Float64Array, d: number, count: number, box: Float64Array): void {
  for (let a = 0; a < d; a++) {
    box[a] = Infinity;
    box[d + a] = -Infinity;
    for (let at = a; at < count * 2 * d; at += 2 * d) {
      box[a] = Math.min(box[a], boxes[at]);
      box[d + a] = Math.max(box[d + a], boxes[at + d]);
    }
  }
}

/**
 * Those of the first `among` of `candidates` whose least distance to the box is not above every one's largest: their
 * places in `possible`, in order, and how many. `least` is room to work in.
 */
function possibleNearest(
  box: Float64Array,
  centres: Float64Array,
  d: number,
  candidates: Int32Array,
  among: number,
  least: Float64Array,
  possible: Int32Array,
): number {
  let limit = Infinity;
  for (let c = 0; c < among; c++) {
    const centre = candidates[c] * d;
    let near = 0;
    let far = 0;
    for (let a = 0; a < d; a++) {
      const above = centres[centre + a] - box[a];
      const below = box[d + a] - centres[centre + a];
      const outside = Math.min(above, below);
      const across = Math.max(above, below);
      if (outside < 0) near += outside * outside;
      far += across * across;
    }
    least[c] = near;
    if (far < limit) limit = far;
  }
  // Sums are rounded in another order than distances: a candidate that ties must not be lost.
  limit *= 1 + 1e-9;
  let count = 0;
  for (let c = 0; c < among; c++) if (least[c] <= limit) possible[count++] = candidates[c];
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
