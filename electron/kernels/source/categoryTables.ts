import { Exponential } from './exponential';

/** What a step knows of the entries of all groups, one after the other. k is even. */
export class CategoryTables {
  /** entries x k, log probabilities, with those of components among the first group's. */
  @inline
  static logs(tables: usize): usize {
    return tables;
  }

  /** entries x k, probabilities as shares of the largest that a component gives the entry, in [0, 1]. */
  @inline
  static ratios(tables: usize, k: i32, entries: i32): usize {
    return tables + ((<usize>entries * <usize>k) << 3);
  }

  /** entries, the largest of their logs; 0 where an entry is impossible, and its ratios are zero. */
  @inline
  static largest(tables: usize, k: i32, entries: i32): usize {
    return tables + ((<usize>entries * <usize>k) << 4);
  }

  /** What exponentials are read from. */
  @inline
  static exponential(tables: usize, k: i32, entries: i32): usize {
    return CategoryTables.largest(tables, k, entries) + ((<usize>((entries + 1) & -2)) << 3);
  }
}

/** Log ratios at and below this are those of components that have nothing of an entry. */
const leastLogRatio: f64 = -700;

/**
 * Makes the log probabilities of every entry.
 *
 * levelLogs  IN   levels of all features x k
 * base       IN   k, log weights; -Infinity for a component that only makes the number even
 * features   IN   d times three u32: the first entry of its group, its stride, its levels
 * tables     OUT  the logs alone
 */
export function fillCategoryLogs(
  levelLogs: usize,
  base: usize,
  k: i32,
  d: i32,
  features: usize,
  tables: usize,
): void {
  const rowBytes = (<usize>k) << 3;
  const logs = CategoryTables.logs(tables);
  let start: u32 = 0;
  for (let a: i32 = 0; a < d; a++) {
    const own = load<u32>(features);
    const first = logs + <usize>own * rowBytes;
    if (a === 0) memory.copy(first, base, rowBytes);
    else if (own !== start) memory.fill(first, 0, rowBytes);
    start = own;
    const run = <usize>load<u32>(features, 4) * rowBytes;
    const levels = <usize>load<u32>(features, 8);
    // Entries of the features before stand in the first run; it becomes that of level 0 last.
    for (let level = levels; level > 0; level--) {
      const log = levelLogs + (level - 1) * rowBytes;
      const to = first + (level - 1) * run;
      for (let entry: usize = 0; entry < run; entry += rowBytes)
        for (let at: usize = 0; at < rowBytes; at += 16)
          v128.store(to + entry + at, f64x2.add(v128.load(first + entry + at), v128.load(log + at)));
    }
    levelLogs += levels * rowBytes;
    features += 12;
  }
}

/** Makes what else there is from the logs. */
export function fillCategoryRatios(k: i32, entries: i32, tables: usize): void {
  const rowBytes = (<usize>k) << 3;
  const exponential = CategoryTables.exponential(tables, k, entries);
  let logs = CategoryTables.logs(tables);
  let ratios = CategoryTables.ratios(tables, k, entries);
  let largest = CategoryTables.largest(tables, k, entries);
  Exponential.fill(exponential);
  const least = f64x2.splat(leastLogRatio);
  for (let entry: i32 = 0; entry < entries; entry++) {
    const top = largestOf(logs, rowBytes);
    store<f64>(largest, top);
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const log = f64x2.sub(v128.load(logs + at), f64x2.splat(top));
      const isSome = f64x2.gt(log, least);
      v128.store(ratios + at, v128.and(Exponential.of(f64x2.pmax(least, log), exponential), isSome));
    }
    logs += rowBytes;
    ratios += rowBytes;
    largest += 8;
  }
}

/** The largest of numbers, 0 where all are -Infinity. */
function largestOf(x: usize, bytes: usize): f64 {
  let largest = v128.load(x);
  for (let at: usize = 16; at < bytes; at += 16) largest = f64x2.pmax(largest, v128.load(x + at));
  const top = max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1));
  return top === -Infinity ? 0 : top;
}

/**
 * The log-likelihood of rows but for the logarithms of their sums of ratios: the largest log probability of each entry,
 * times how many rows have it, which is what their memberships sum to.
 *
 * counts  IN  entries x k, sums of memberships by entry
 */
export function largestTerms(counts: usize, k: i32, entries: i32, tables: usize): f64 {
  let largest = CategoryTables.largest(tables, k, entries);
  let sum = f64x2.splat(0);
  for (let entry: i32 = 0; entry < entries; entry++) {
    let rows = f64x2.splat(0);
    const end = counts + ((<usize>k) << 3);
    for (; counts < end; counts += 16) rows = f64x2.add(rows, v128.load(counts));
    sum = f64x2.add(sum, f64x2.mul(rows, f64x2.splat(load<f64>(largest))));
    largest += 8;
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/**
 * Sums by entry added up to sums by level.
 *
 * counts    INOUT  entries x k, k even; means nothing afterwards
 * features  IN     as in `fillCategoryLogs`
 * out       OUT    levels of all features x k
 */
export function levelSums(counts: usize, k: i32, d: i32, features: usize, levels: i32, out: usize): void {
  const rowBytes = (<usize>k) << 3;
  let to = out + <usize>levels * rowBytes;
  // The last feature of a group first: what it leaves are the sums by entry of those before it.
  for (let feature = features + <usize>d * 12; feature > features;) {
    feature -= 12;
    const first = counts + <usize>load<u32>(feature) * rowBytes;
    const run = <usize>load<u32>(feature, 4) * rowBytes;
    const count = <usize>load<u32>(feature, 8);
    to -= count * rowBytes;
    for (let level: usize = 0; level < count; level++) {
      const from = first + level * run;
      for (let at: usize = 0; at < rowBytes; at += 16) {
        let sum = f64x2.splat(0);
        for (let entry: usize = at; entry < run; entry += rowBytes) {
          const own = v128.load(from + entry);
          sum = f64x2.add(sum, own);
          if (level > 0) v128.store(first + entry, f64x2.add(v128.load(first + entry), own));
        }
        v128.store(to + level * rowBytes + at, sum);
      }
    }
  }
}

/** Bytes of the tables. */
export function categoryTableBytes(k: i32, entries: i32): usize {
  return CategoryTables.exponential(0, k, entries) + Exponential.tableBytes;
}
