import type { FitFailure } from '../../../shared/fitFailure';
import { failed, ok, type Result } from '../../../shared/result';

/** One merger: the clusters of two rows, and what it costs. */
interface Merger {
  readonly first: number;
  readonly second: number;
  readonly cost: number;
}

/**
 * Ward's clusters of `rows`, by mergers that raise the sum of squares least (Ward, 1963), found along chains of nearest
 * neighbours in O(m^2) (Murtagh, 1983; Muellner, 2011, figure 3).
 *
 * rows    IN  m row numbers; their squares of dissimilarities are held in memory
 * weight  IN  m, > 0
 *
 * Returns a label from 0 to k - 1 for each, numbered by first row; or how many rows that differ there are when those
 * are fewer than k.
 */
export function wardLabels(
  rows: readonly number[],
  weight: readonly number[],
  k: number,
  dissimilarity: (row: number, other: number) => number,
): Result<Int32Array, FitFailure> {
  const mergers = wardMergers(rows, weight, dissimilarity).sort((a, b) => a.cost - b.cost);
  const distinct = rows.length - mergers.filter(({ cost }) => cost === 0).length;
  if (distinct < k) return failed({ kind: 'tooFewDistinctRows', distinct, components: k });
  const parent = rows.map((_, i) => i);
  const root = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (const { first, second } of mergers.slice(0, rows.length - k)) {
    const [low, high] = [root(first), root(second)].sort((a, b) => a - b);
    parent[high] = low;
  }
  const numbers = new Map<number, number>();
  return ok(
    Int32Array.from(rows, (_, i) => {
      const own = root(i);
      const number = numbers.get(own) ?? numbers.size;
      numbers.set(own, number);
      return number;
    }),
  );
}

/** All m - 1 mergers, in the order of the chains: costs do not yet rise. */
function wardMergers(
  rows: readonly number[],
  weight: readonly number[],
  dissimilarity: (row: number, other: number) => number,
): Merger[] {
  const m = rows.length;
  const size = [...weight];
  const at = (i: number, j: number): number => (i > j ? (i * (i - 1)) / 2 + j : (j * (j - 1)) / 2 + i);
  const cost = new Float64Array((m * (m - 1)) / 2);
  for (let i = 1; i < m; i++)
    for (let j = 0; j < i; j++)
      cost[at(i, j)] = ((size[i] * size[j]) / (size[i] + size[j])) * dissimilarity(rows[i], rows[j]);

  const active = new Set(rows.keys());
  const mergers: Merger[] = [];
  const chain: number[] = [];
  while (mergers.length < m - 1) {
    if (chain.length === 0) chain.push(active.values().next().value ?? 0);
    const tip = chain[chain.length - 1];
    // The one before in the chain wins ties, or the chain might go round in a circle.
    let nearest = chain.length > 1 ? chain[chain.length - 2] : -1;
    let least = nearest === -1 ? Infinity : cost[at(tip, nearest)];
    for (const other of active) {
      if (other === tip || !(cost[at(tip, other)] < least)) continue;
      least = cost[at(tip, other)];
      nearest = other;
    }
    if (chain.length < 2 || nearest !== chain[chain.length - 2]) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    mergers.push({ first: tip, second: nearest, cost: least });
    active.delete(tip);
    // Lance and Williams (1967), for Ward's rise in the sum of squares.
    for (const other of active) {
      if (other === nearest) continue;
      const all = size[tip] + size[nearest] + size[other];
      cost[at(nearest, other)] =
        ((size[tip] + size[other]) * cost[at(tip, other)] +
          (size[nearest] + size[other]) * cost[at(nearest, other)] -
          size[other] * least) /
        all;
    }
    size[nearest] += size[tip];
  }
  return mergers;
}
