import { LongSum } from '../numeric/longSum';

/** How often each pair of labels occurs; labels ascending. Rows that lack either (a label below 0) are not counted. */
export interface Contingency {
  /** p labels of the first, q of the second. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** p x q */
  readonly count: Float64Array;
  readonly total: number;
}

/** Counts the rows of each pair of labels. Both lists are of the same rows. */
export function contingency(a: Int32Array, b: Int32Array): Contingency {
  const isCounted = (i: number): boolean => a[i] >= 0 && b[i] >= 0;
  const first = distinct(a, isCounted);
  const second = distinct(b, isCounted);
  const place = new Map(Array.from(first, (label, at) => [label, at * second.length]));
  const column = new Map(Array.from(second, (label, at) => [label, at]));
  const count = new Float64Array(first.length * second.length);
  let total = 0;
  for (let i = 0; i < a.length; i++) {
    if (!isCounted(i)) continue;
    count[(place.get(a[i]) ?? 0) + (column.get(b[i]) ?? 0)]++;
    total++;
  }
  return { first, second, count, total };
}

function distinct(labels: Int32Array, isCounted: (row: number) => boolean): Int32Array {
  const found = new Set<number>();
  labels.forEach((label, i) => {
    if (isCounted(i)) found.add(label);
  });
  return Int32Array.from(found).sort();
}

/**
 * The Rand index corrected for chance: 1 where both partitions are the same up to names, about 0 where they have
 * nothing to do with each other; it can be negative. 1 where neither tells any two rows apart, or each tells all.
 *
 * Source: Hubert and Arabie (1985), eq. 5.
 */
export function adjustedRandIndex(a: Int32Array, b: Int32Array): number {
  return pairAgreement(contingency(a, b)).adjustedRand;
}

/** By which mean of the two entropies mutual information is divided. */
export type EntropyMean = 'arithmetic' | 'geometric' | 'max';

/**
 * Mutual information over a mean of the two entropies: 1 where both partitions are the same up to names, 0 where they
 * are independent, or one of them is a single cluster and the other is not.
 *
 * Source: Vinh, Epps and Bailey (2010), table 2; edges as in scikit-learn.
 */
export function normalisedMutualInformation(
  a: Int32Array,
  b: Int32Array,
  mean: EntropyMean = 'arithmetic',
): number {
  return normalisedInformation(contingency(a, b), mean);
}

/** The same of a table of counts, which may be weights of rows. */
export function normalisedInformation(table: Contingency, mean: EntropyMean = 'arithmetic'): number {
  return normalised(informationOf(table), mean);
}

/** How far pairs of rows that one partition puts together are together in the other. */
export interface PairAgreement {
  /** Share of pairs on which both agree (Rand, 1971). */
  readonly rand: number;
  readonly adjustedRand: number;
  /** Geometric mean of the shares of pairs of either that are pairs of both (Fowlkes and Mallows, 1983). */
  readonly fowlkesMallows: number;
}

/** Agreement of two partitions by pairs of rows. */
export function pairAgreement(table: Contingency): PairAgreement {
  const { rowTotals, columnTotals } = totalsOf(table);
  const pairs = pairsOf(table.total);
  const both = sumOfPairs(table.count);
  const first = sumOfPairs(rowTotals);
  const second = sumOfPairs(columnTotals);
  const rand = pairs > 0 ? (pairs + 2 * both - first - second) / pairs : 1;
  const fowlkesMallows = both > 0 ? Math.sqrt(both / first) * Math.sqrt(both / second) : 0;
  if (both === first && both === second) return { rand, adjustedRand: 1, fowlkesMallows };
  const expected = (first / pairs) * second;
  return { rand, adjustedRand: (both - expected) / ((first + second) / 2 - expected), fowlkesMallows };
}

/** What each partition says about the other, in nats and shares. */
export interface InformationAgreement {
  readonly mutualInformation: number;
  /** What the second partition says about the first, as a share of what there is to say; 1: its clusters are pure. */
  readonly homogeneity: number;
  /** What the first says about the second; 1: no group is split. */
  readonly completeness: number;
  /** Mutual information less what chance gives, over the arithmetic mean of the entropies less the same. */
  readonly adjusted: number;
  /** Share of rows in the commonest group of their cluster of the second partition. */
  readonly purity: number;
}

/**
 * Agreement of two partitions by information.
 *
 * Source: Rosenberg and Hirschberg (2007), homogeneity and completeness, whose harmonic mean is
 * `normalisedMutualInformation` with the arithmetic mean; Vinh, Epps and Bailey (2010), adjusted, edges as in
 * scikit-learn.
 */
export function informationAgreement(table: Contingency): InformationAgreement {
  const information = informationOf(table);
  const { mutual, first, second } = information;
  const { columnTotals } = totalsOf(table);
  const q = table.second.length;
  const commonest = columnTotals.map((_, column) => {
    return table.count.reduce((most, value, at) => (at % q === column ? Math.max(most, value) : most), 0);
  });
  return {
    mutualInformation: mutual,
    homogeneity: first > 0 ? mutual / first : 1,
    completeness: second > 0 ? mutual / second : 1,
    adjusted: adjustedInformation(table, information),
    purity: table.total > 0 ? commonest.reduce((sum, value) => sum + value, 0) / table.total : 1,
  };
}

/** Mutual information and the entropies of both partitions, in nats. */
interface Information {
  readonly mutual: number;
  readonly first: number;
  readonly second: number;
}

function informationOf(table: Contingency): Information {
  const { count, total } = table;
  const { rowTotals, columnTotals } = totalsOf(table);
  const q = columnTotals.length;
  const mutual = count.reduce((sum, value, at) => {
    if (value === 0) return sum;
    const expected = (rowTotals[Math.floor(at / q)] / total) * columnTotals[at % q];
    return sum + (value / total) * Math.log(value / expected);
  }, 0);
  // Rounding alone takes it below zero.
  return { mutual: Math.max(0, mutual), first: entropyOf(rowTotals), second: entropyOf(columnTotals) };
}

function normalised({ mutual, first, second }: Information, mean: EntropyMean): number {
  if (first === 0 && second === 0) return 1;
  // Independent partitions, up to rounding.
  if (mutual <= Number.EPSILON) return 0;
  if (mean === 'geometric') return mutual / Math.sqrt(first * second);
  return mutual / (mean === 'max' ? Math.max(first, second) : (first + second) / 2);
}

function adjustedInformation(table: Contingency, { mutual, first, second }: Information): number {
  if (isSamePartition(table)) return 1;
  const expected = expectedInformation(table);
  const range = (first + second) / 2 - expected;
  return (
    (mutual - expected) / (range < 0 ? Math.min(range, -Number.EPSILON) : Math.max(range, Number.EPSILON))
  );
}

/** Whether each label of either goes with one of the other alone. */
const isSamePartition = ({ first, second, count }: Contingency): boolean =>
  first.length === second.length && count.filter((value) => value > 0).length === first.length;

/** Mean of mutual information over all tables with these totals (Vinh, Epps and Bailey, 2010, eq. 24a). */
function expectedInformation(table: Contingency): number {
  const { total: n } = table;
  const { rowTotals, columnTotals } = totalsOf(table);
  const log = logFactorials(n);
  let sum = 0;
  for (const a of rowTotals)
    for (const b of columnTotals) {
      const fixed = log[a] + log[b] + log[n - a] + log[n - b] - log[n];
      for (let both = Math.max(1, a + b - n); both <= Math.min(a, b); both++) {
        const logProbability = fixed - log[both] - log[a - both] - log[b - both] - log[n - a - b + both];
        sum += (both / n) * Math.log((n / a) * (both / b)) * Math.exp(logProbability);
      }
    }
  return sum;
}

/** log 0! to log n!, added with a double's digits to spare. */
function logFactorials(n: number): Float64Array {
  const sum = new LongSum();
  return Float64Array.from({ length: n + 1 }, (_, i) => {
    if (i > 1) sum.add(Math.log(i));
    return sum.value;
  });
}

function totalsOf({ first, second, count }: Contingency): {
  rowTotals: Float64Array;
  columnTotals: Float64Array;
} {
  const rowTotals = new Float64Array(first.length);
  const columnTotals = new Float64Array(second.length);
  count.forEach((value, at) => {
    rowTotals[Math.floor(at / second.length)] += value;
    columnTotals[at % second.length] += value;
  });
  return { rowTotals, columnTotals };
}

const pairsOf = (n: number): number => (n * (n - 1)) / 2;

const sumOfPairs = (counts: Float64Array): number => counts.reduce((sum, n) => sum + pairsOf(n), 0);

/** -sum p ln p of counts. */
function entropyOf(counts: Float64Array): number {
  const total = counts.reduce((sum, value) => sum + value, 0);
  return counts.reduce(
    (sum, value) => (value > 0 ? sum - (value / total) * Math.log(value / total) : sum),
    0,
  );
}
