import { Partition, type Exchange, type WeightedPoints } from './partition';

export interface SwapSearchOptions {
  /** The first so many centres stay where they are. */
  readonly locked: number;
  /** So many exchanges in a row that bring nothing end the search. */
  readonly patience: number;
  /** So many end it in any case. */
  readonly mostTries: number;
  readonly shouldStop: () => boolean;
  /** The distortion after each exchange that was kept. */
  readonly onBetter?: (distortion: number) => void;
}

/** Rounds of Lloyd after an exchange before it is judged: more of them end no lower, and take longer. Measured. */
const rounds = 2;

/** An exchange must lower the distortion by this share: else rounding alone could keep the search going. */
const leastFall = 1e-7;

/** Clusters looked at for a pair on either side. By eye. */
const mostCandidates = 24;

/** Exchanges made together at first: most of the first ones are kept, and together they cost little more than one. Measured. */
const mostTogether = 8;

/**
 * Betters a k-means by exchanges: a centre that is missed least goes to where a cluster gains most from being split in
 * two; after a few rounds of Lloyd the exchange is kept if the distortion fell. Pairs are tried by what they promise, so
 * there is no chance in it.
 *
 * Returns k x d centres and their distortion, never more than that of `centres`.
 *
 * Source: random swap (Fränti, 2018, "Efficiency of random swap clustering") with its deterministic choice of pairs
 * (Fränti and Kivijärvi, 2000, section 3.2).
 */
export function swapSearch(
  points: WeightedPoints,
  centres: Float64Array,
  options: SwapSearchOptions,
): { readonly centres: Float64Array; readonly distortion: number } {
  const partition = new Partition(points, centres, options.locked);
  partition.settle(rounds);
  let distortion = partition.distortion();
  let tried = new Set<number>();
  let failures = 0;
  let together = mostTogether;
  let splits = partition.splits();
  let pairs = promisingPairs(partition, splits.gain, options.locked);
  for (let tries = 0; tries < options.mostTries && failures < options.patience; tries++) {
    if (options.shouldStop()) break;
    const chosen = apart(
      pairs.filter(({ removed, split }) => !tried.has(removed * partition.k + split)),
      together,
    );
    if (chosen.length === 0) break;
    const before = partition.save();
    partition.exchange(chosen, splits);
    partition.settle(rounds);
    const now = partition.distortion();
    if (now < distortion * (1 - leastFall)) {
      distortion = now;
      failures = 0;
      tried = new Set();
      splits = partition.splits();
      pairs = promisingPairs(partition, splits.gain, options.locked);
      options.onBetter?.(distortion);
      continue;
    }
    partition.restore(before);
    if (chosen.length > 1) together = Math.ceil(chosen.length / 2);
    else {
      tried.add(chosen[0].removed * partition.k + chosen[0].split);
      failures++;
    }
  }
  return { centres: partition.centres(), distortion };
}

/** The first so many pairs that have no cluster in common. */
function apart(pairs: readonly Pair[], most: number): Pair[] {
  const chosen: Pair[] = [];
  const used = new Set<number>();
  for (const pair of pairs) {
    if (chosen.length === most) break;
    if (used.has(pair.removed) || used.has(pair.split)) continue;
    used.add(pair.removed).add(pair.split);
    chosen.push(pair);
  }
  return chosen;
}

/** A centre to be removed, and the cluster it splits. */
interface Pair extends Exchange {
  /** By how much the distortion would fall if nothing else moved. */
  readonly gain: number;
}

/** Pairs, what promises most first. */
function promisingPairs(partition: Partition, gains: Float64Array, locked: number): Pair[] {
  const { k } = partition;
  const losses = partition.removalLosses();
  const cheapest = [...losses.keys()]
    .slice(locked)
    .sort((a, b) => losses[a] - losses[b] || a - b)
    .slice(0, mostCandidates);
  const dearest = [...gains.keys()].sort((a, b) => gains[b] - gains[a] || a - b).slice(0, mostCandidates);
  const pairs: Pair[] = [];
  for (const removed of cheapest)
    for (const split of dearest)
      if (removed !== split && gains[split] > 0)
        pairs.push({ removed, split, gain: gains[split] - losses[removed] });
  return pairs.sort((a, b) => b.gain - a.gain || a.removed * k + a.split - (b.removed * k + b.split));
}
