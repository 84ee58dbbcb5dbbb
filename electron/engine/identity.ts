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
