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
    const partner = bestPartner(points, i, candidates, own, others);
    if (partner < 0) continue;
    const place = others.place[partner];
    const away = shareOf(points, i, candidates, own, others, partner);
    const isFirst = candidates.points[own * d] <= candidates.points[place * d];
    first[i] = isFirst ? own : place;
    second[i] = isFirst ? place : own;
    share[i] = isFirst ? away : 1 - away;
  }
  return { first, second, share };
}

/** The other candidates of each, nearest first. */
interface Others {
  /** How many follow each candidate: all but those equal to it. */
  readonly count: Int32Array;
  /** candidates x candidates: their places. */
  readonly place: Uint8Array;
  /** candidates x candidates x 4: the way to each as a direction of length one. */
  readonly direction: Float64Array;
  /** candidates x candidates: how far each is. */
  readonly distance: Float64Array;
}

function othersByDistance({ points, d }: Candidates): Others {
  const candidates = points.length / d;
  const others: Others = {
    count: new Int32Array(candidates),
    place: new Uint8Array(candidates ** 2),
    direction: new Float64Array(4 * candidates ** 2),
    distance: new Float64Array(candidates ** 2),
  };
  for (let own = 0; own < candidates; own++) {
    const away = Float64Array.from({ length: candidates }, (_, k) =>
      Math.hypot(...points.subarray(k * d, k * d + d).map((value, a) => value - points[own * d + a])),
    );
    const places = [...away.keys()].filter((k) => away[k] > 0).sort((a, b) => away[a] - away[b] || a - b);
    others.count[own] = places.length;
    places.forEach((place, c) => {
      const at = own * candidates + c;
      others.place[at] = place;
      others.distance[at] = away[place];
      for (let a = 0; a < d; a++)
        others.direction[4 * at + a] = (points[place * d + a] - points[own * d + a]) / away[place];
    });
  }
  return others;
}

/**
 * Where among the others of `own` its best partner for the point `i` is, counted from the first other of all; -1 if no
 * other lies towards the point.
 */
function bestPartner(
  points: Float64Array,
  i: number,
  { points: centres, d }: Candidates,
  own: number,
  { count, direction, distance }: Others,
): number {
  const d0 = points[i * d] - centres[own * d];
  const d1 = points[i * d + 1] - centres[own * d + 1];
  const d2 = points[i * d + 2] - centres[own * d + 2];
  const d3 = d === 4 ? points[i * d + 3] - centres[own * d + 3] : 0;
  const squared = d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
  let best = 0;
  let found = -1;
  const start = own * count.length;
  for (let c = start; c < start + count[own]; c++) {
    // No partner farther away than this is better, even in the very direction of the point.
    if (squared <= best * distance[c]) break;
    const along =
      d0 * direction[4 * c] +
      d1 * direction[4 * c + 1] +
      d2 * direction[4 * c + 2] +
      d3 * direction[4 * c + 3];
    if (along <= 0 || along * along <= best * distance[c]) continue;
    best = (along * along) / distance[c];
    found = c;
  }
  return found;
}

/** How far the point `i` lies along the way from `own` to its partner, as a share of the way. */
function shareOf(
  points: Float64Array,
  i: number,
  { points: centres, d }: Candidates,
  own: number,
  { direction, distance }: Others,
  partner: number,
): number {
  let along = 0;
  for (let a = 0; a < d; a++)
    along += (points[i * d + a] - centres[own * d + a]) * direction[4 * partner + a];
  return Math.min(1, along / distance[partner]);
}
