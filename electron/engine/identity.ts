import { assign } from './assignment';
import type { Params, Shape } from './model';

/**
 * The canonical order of components: by size, the largest first; equal sizes by mean, feature after feature, the
 * smallest first. Entry c is the old number of new component c. It makes components of free starts comparable
 * between runs; given starts keep their order.
 *
 * sizes  IN  k, mixing weights or numbers of rows
 * mean   IN  k x d
 */
export function canonicalOrder(sizes: ArrayLike<number>, mean: Float64Array): Int32Array {
  const k = sizes.length;
  const d = mean.length / k;
  const order = Int32Array.from({ length: k }, (_, j) => j);
  return order.sort((p, q) => {
    if (sizes[p] !== sizes[q]) return sizes[q] - sizes[p];
    for (let a = 0; a < d; a++) {
      const difference = mean[p * d + a] - mean[q * d + a];
      if (difference !== 0) return difference;
    }
    return p - q;
  });
}

/**
 * Parameters with components in another order: block `order[c]` of each array becomes block c. Arrays without a
 * component axis stay as they are. `order` is a permutation.
 */
export function relabel(params: Params, shape: Shape, order: ArrayLike<number>): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, values]) => {
      if (shape[name]?.[0].of !== 'component') return [name, values.slice()];
      const block = values.length / order.length;
      const moved = new Float64Array(values.length);
      for (let c = 0; c < order.length; c++) {
        moved.set(values.subarray(order[c] * block, (order[c] + 1) * block), c * block);
      }
      return [name, moved];
    }),
  );
}

/**
 * Which component of an earlier fit each component of a later one is: the pairing with the most rows in common, rows
 * counted by membership and weight. Entry q is a component of the earlier fit, or -1 where that has fewer.
 *
 * earlier, later  IN  n x K memberships of the same rows, each with its own K
 * weight          IN  n, >= 0; null: all ones
 */
export function matchByMemberships(
  earlier: { readonly memberships: Float64Array; readonly components: number },
  later: { readonly memberships: Float64Array; readonly components: number },
  weight: Float64Array | null,
): Int32Array {
  const [p, q] = [earlier.components, later.components];
  const overlap = new Float64Array(p * q);
  for (let i = 0; i < later.memberships.length / q; i++) {
    const w = weight?.[i] ?? 1;
    for (let a = 0; a < p; a++) {
      const share = w * earlier.memberships[i * p + a];
      if (share === 0) continue;
      for (let b = 0; b < q; b++) overlap[a * q + b] += share * later.memberships[i * q + b];
    }
  }
  return match(p, q, (a, b) => -overlap[a * q + b]);
}

/** The cheapest pairing of p with q components, by component of the second; what is left over costs nothing. */
function match(p: number, q: number, costOf: (a: number, b: number) => number): Int32Array {
  const size = Math.max(p, q);
  const cost = new Float64Array(size * size);
  for (let b = 0; b < q; b++) for (let a = 0; a < p; a++) cost[b * size + a] = costOf(a, b);
  return assign(cost, size)
    .subarray(0, q)
    .map((a) => (a < p ? a : -1));
}
