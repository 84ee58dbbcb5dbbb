import type { Candidates } from '../candidates';
import { nearestOfEach } from '../nearestOfEach';

/** For each of some colours, two candidates and how much of the second is to be mixed in; places of candidates. */
export interface ColourPairs {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  /** 0 to 1; 0 for a colour that is a candidate itself. */
  readonly share: Float64Array;
}

/**
 * The pair of candidates whose mixture is best for each of `points` (n x d, neighbours near each other): the nearest,
 * and, of the others, the one with the largest
 *
 *   s^2 / |a - b|,   s = (x - a) . (b - a) / |b - a|,
 *
 * the squared error that mixing takes away over the distance of the two, since far colours are grainy (by eye). The
 * share of b is s / |a - b|: that of the point of the line nearest to x. Where no other lies towards x nothing is mixed.
 * The one lower along the first axis comes first, so that a slope through both keeps one
 * pattern.
 */
export function colourPairs(points: Float64Array, candidates: Candidates): ColourPairs {
  const { d } = candidates;
  const n = points.length / d;
  const first = nearestOfEach(points, candidates);
  const second = first.slice();
  const share = new Float64Array(n);
  const others = othersByDistance(candidates);
  for (let i = 0; i < n; i++) {
    const own = first[i];
    const partner = bestPartner(points, i, candidates, own, others[own]);
    if (partner === null) continue;
    const isFirst = candidates.points[own * d] <= candidates.points[partner.place * d];
    first[i] = isFirst ? own : partner.place;
    second[i] = isFirst ? partner.place : own;
    share[i] = isFirst ? partner.share : 1 - partner.share;
  }
  return { first, second, share };
}

/** The other candidates of one, nearest first, with their distances. */
interface Others {
  readonly place: Uint8Array;
  readonly distance: Float64Array;
}

function othersByDistance({ points, d }: Candidates): Others[] {
  const count = points.length / d;
  return Array.from({ length: count }, (_, own) => {
    const distances = Float64Array.from({ length: count }, (_, k) => {
      let sum = 0;
      for (let a = 0; a < d; a++) sum += (points[k * d + a] - points[own * d + a]) ** 2;
      return Math.sqrt(sum);
    });
    const place = Array.from(distances.keys())
      .filter((k) => distances[k] > 0)
      .sort((a, b) => distances[a] - distances[b] || a - b);
    return { place: Uint8Array.from(place), distance: Float64Array.from(place, (k) => distances[k]) };
  });
}

function bestPartner(
  points: Float64Array,
  i: number,
  { points: centres, d }: Candidates,
  own: number,
  others: Others,
): { place: number; share: number } | null {
  let squared = 0;
  for (let a = 0; a < d; a++) squared += (points[i * d + a] - centres[own * d + a]) ** 2;
  let best = 0;
  let found: { place: number; share: number } | null = null;
  for (let c = 0; c < others.place.length; c++) {
    const place = others.place[c];
    const length = others.distance[c];
    // No partner farther away than this is better, even in the very direction of the point.
    if (squared / length <= best) break;
    let along = 0;
    for (let a = 0; a < d; a++)
      along += (points[i * d + a] - centres[own * d + a]) * (centres[place * d + a] - centres[own * d + a]);
    along /= length;
    const merit = along > 0 ? (along * along) / length : 0;
    if (merit <= best) continue;
    best = merit;
    found = { place, share: Math.min(1, along / length) };
  }
  return found;
}
