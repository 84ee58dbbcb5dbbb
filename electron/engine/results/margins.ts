import type { Rows } from '../rows';

/** How sure each row's cluster is. */
export interface Margins {
  /** Of each row, the cluster that comes second. */
  readonly second: Int32Array;
  /** How far the first is ahead of it, from 0 (on the border) to 1. */
  readonly margin: Float64Array;
}

/**
 * The second-best cluster of each row and by how much probability the best is ahead. `label`: n, the best.
 * `memberships`: n x k, k >= 2.
 */
export function posteriorMargins(memberships: Float64Array, label: Int32Array, k: number): Margins {
  const n = label.length;
  const second = new Int32Array(n);
  const margin = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const best = label[i];
    let next = best === 0 ? 1 : 0;
    for (let j = next + 1; j < k; j++)
      if (j !== best && memberships[i * k + j] > memberships[i * k + next]) next = j;
    second[i] = next;
    margin[i] = memberships[i * k + best] - memberships[i * k + next];
  }
  return { second, margin };
}

/**
 * The same of k-means: the centre that comes second, and 1 - (distance to the own) / (distance to that one), over the
 * observed cells. A row at both has margin 0.
 *
 * centres  IN  k x d, k >= 2
 *
 * Source: the simplified silhouette of Hruschka, de Castro and Campello (2004).
 */
export function distanceMargins(
  { x, n, d }: Rows,
  centres: Float64Array,
  label: Int32Array,
  k: number,
): Margins {
  const second = new Int32Array(n);
  const margin = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let own = 0;
    let next = -1;
    let nearest = Infinity;
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let a = 0; a < d; a++) {
        const difference = x[i * d + a] - centres[j * d + a];
        if (!Number.isNaN(difference)) sum += difference * difference;
      }
      if (j === label[i]) own = sum;
      else if (sum < nearest) {
        nearest = sum;
        next = j;
      }
    }
    second[i] = next;
    margin[i] = nearest > 0 ? Math.max(0, 1 - Math.sqrt(own / nearest)) : 0;
  }
  return { second, margin };
}

/** The places of the `most` smallest values that `isWanted`, smallest first; of equal ones the earlier place first. */
export function smallestPlaces(
  values: Float64Array,
  most: number,
  isWanted: (place: number) => boolean,
): Int32Array {
  const wanted: number[] = [];
  for (let place = 0; place < values.length; place++) if (isWanted(place)) wanted.push(place);
  if (wanted.length > most) {
    // Sorting numbers is many times faster than sorting places by them.
    const limit = Float64Array.from(wanted, (place) => values[place]).sort()[most - 1];
    const below = wanted.filter((place) => values[place] < limit);
    const equal = wanted.filter((place) => values[place] === limit).slice(0, most - below.length);
    wanted.splice(0, wanted.length, ...below, ...equal);
  }
  return Int32Array.from(wanted).sort((a, b) => values[a] - values[b] || a - b);
}
