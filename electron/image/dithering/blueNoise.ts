import { createRandom } from '../../engine/numeric/random';
import type { Thresholds } from './thresholds';

const side = 64;
const points = side * side;
const seed = 1;
const sigma = 1.5; // Ulichney (1993), section 3.2
const initialShare = 0.1; // as Ulichney: a pattern with room to be evened out

let made: Thresholds | null = null;

/**
 * A texture whose first n points, for every n, lie evenly and without a pattern: made once from a seed of its own,
 * in about a tenth of a second.
 *
 * Source: Ulichney (1993), The void-and-cluster method for dither array generation: the densest point of a pattern is
 * its tightest cluster, the emptiest its largest void, both by a Gaussian filter on the torus.
 */
export function blueNoise(): Thresholds {
  made ??= { side, rank: voidAndCluster() };
  return made;
}

function voidAndCluster(): Uint16Array {
  const filter = torusGaussian();
  const start = evenPattern(filter);
  const rank = new Uint16Array(points);
  const ones = start.count;

  // Phase I: from the even pattern points are taken away, the tightest cluster first.
  const shrinking = start.copy();
  for (let left = ones - 1; left >= 0; left--) rank[shrinking.remove(shrinking.tightestCluster())] = left;

  // Phases II and III: points are added where there is most room. Ulichney's third phase, the tightest cluster of empty
  // points, is the same as the largest void, since filtered points and filtered empty points sum to a constant.
  for (let next = ones; next < points; next++) rank[start.add(start.largestVoid())] = next;
  return rank;
}

/** Points on the torus and how dense they are everywhere. */
class Pattern {
  constructor(
    private readonly filter: Float64Array,
    private readonly isSet = new Uint8Array(points),
    private readonly density = new Float64Array(points),
  ) {}

  get count(): number {
    return this.isSet.reduce((sum, one) => sum + one, 0);
  }

  copy(): Pattern {
    return new Pattern(this.filter, this.isSet.slice(), this.density.slice());
  }

  has(point: number): boolean {
    return this.isSet[point] === 1;
  }

  add(point: number): number {
    this.isSet[point] = 1;
    this.spread(point, 1);
    return point;
  }

  remove(point: number): number {
    this.isSet[point] = 0;
    this.spread(point, -1);
    return point;
  }

  tightestCluster(): number {
    let best = -1;
    for (let i = 0; i < points; i++)
      if (this.isSet[i] === 1 && (best < 0 || this.density[i] > this.density[best])) best = i;
    return best;
  }

  largestVoid(): number {
    let best = -1;
    for (let i = 0; i < points; i++)
      if (this.isSet[i] === 0 && (best < 0 || this.density[i] < this.density[best])) best = i;
    return best;
  }

  private spread(point: number, sign: number): void {
    const px = point % side;
    const py = (point - px) / side;
    for (let y = 0; y < side; y++) {
      const from = ((y - py + side) % side) * side;
      for (let x = 0; x < side; x++)
        this.density[y * side + x] += sign * this.filter[from + ((x - px + side) % side)];
    }
  }
}

/** A random pattern in which no move of the tightest cluster to the largest void is left. */
function evenPattern(filter: Float64Array): Pattern {
  const random = createRandom(seed, 'blueNoise');
  const pattern = new Pattern(filter);
  for (let placed = 0; placed < initialShare * points;) {
    const point = random.integer(points);
    if (pattern.has(point)) continue;
    pattern.add(point);
    placed++;
  }
  for (;;) {
    const cluster = pattern.remove(pattern.tightestCluster());
    const room = pattern.largestVoid();
    pattern.add(room);
    if (room === cluster) return pattern;
  }
}

function torusGaussian(): Float64Array {
  const away = (distance: number) => Math.min(distance, side - distance) ** 2;
  return Float64Array.from({ length: points }, (_, i) =>
    Math.exp(-(away(i % side) + away(Math.floor(i / side))) / (2 * sigma ** 2)),
  );
}
