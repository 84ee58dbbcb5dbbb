import {
  addLogs,
  CategoryShares,
  largestOfRow,
  sharesByLogs,
  smallestSum,
  sumOfShares,
} from './categoryShares';
import { CategoryTables, largestTerms } from './categoryTables';
import { Lanes } from './lanes';
import {
  addLogarithms,
  addToLogProduct,
  beginLogProduct,
  endLogProduct,
  logProductBytes,
} from './logProduct';
import { tileBytes, tileRows } from './tile';

/**
 * One soft E-step over `n` rows of a mixture of categories, which come in groups: an entry of a table tells the levels
 * of all features of a group at once, so that one look stands for all of them. Components are side by side, an even
 * number of them.
 *
 * A component's share of a row is the product of its ratios: what it gives each entry, over the most that any component
 * gives it. So no row needs an exponential, and the logarithms of all largest terms are taken from the counts in the end.
 *
 * entries  IN   n x groups, u16: which entry of the tables each row has of each group; groups >= 1
 * weight   IN   n, >= 0; address 0 for all ones
 * size     IN   entries of the tables
 * tables   IN   as `fillCategoryLogs` and `fillCategoryRatios` leave them
 * scratch       as many bytes as `categoricalScratchBytes` says
 * counts   OUT  size x k, sums of memberships by entry
 *
 * Returns the log-likelihood. Source: Bishop (2006), eq. 9.56 and 9.28.
 */
export function categoricalStep(
  entries: usize,
  n: i32,
  groups: i32,
  weight: usize,
  k: i32,
  size: i32,
  tables: usize,
  scratch: usize,
  counts: usize,
): f64 {
  const rowBytes = (<usize>k) << 3;
  const entryBytes = (<usize>groups) << 1;
  const logs = CategoryTables.logs(tables);
  const ratios = CategoryTables.ratios(tables, k, size);
  const largest = CategoryTables.largest(tables, k, size);
  const exponential = CategoryTables.exponential(tables, k, size);
  const sums = scratch + logProductBytes;
  const shares = sums + tileBytes;
  memory.fill(counts, 0, <usize>size * rowBytes);
  beginLogProduct(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const rows = min(tileRows, n - first);
    const own: usize = weight === 0 ? 0 : weight + ((<usize>first) << 3);
    const tile = entries + <usize>first * entryBytes;
    for (let i: i32 = 0; ; i++) {
      i = countRows(tile, i, rows, entryBytes, rowBytes, own, ratios, shares, sums, counts);
      if (i === rows) break;
      const entry = tile + <usize>i * entryBytes;
      const end = entry + entryBytes;
      const rowWeight = weightOf(own, i);
      const top = sharesByLogs(entry, end, rowBytes, logs, exponential, shares);
      const sum = sumOfShares(shares, rowBytes);
      addToLogProduct(scratch, rowWeight * (top - largestOfRow(entry, end, largest)));
      store<f64>(sums + ((<usize>i) << 3), sum);
      CategoryShares.count(entry, end, rowBytes, shares, f64x2.splat(rowWeight / sum), counts);
    }
    addLogarithms(scratch, sums, rows, own);
  }
  return endLogProduct(scratch) + largestTerms(counts, k, size, tables);
}

/**
 * Counts rows of a tile from row `i` on, and keeps the sums of their products; returns the first that is to be done by
 * logarithms, or `rows`. Apart from that one, because V8 has registers for no more than this.
 */
function countRows(
  tile: usize,
  i: i32,
  rows: i32,
  entryBytes: usize,
  rowBytes: usize,
  weight: usize,
  ratios: usize,
  shares: usize,
  sums: usize,
  counts: usize,
): i32 {
  for (let entry = tile + <usize>i * entryBytes; i < rows; i++) {
    const end = entry + entryBytes;
    const sum = CategoryShares.multiply(entry, end, rowBytes, ratios, shares);
    if (sum < smallestSum) break;
    store<f64>(sums + ((<usize>i) << 3), sum);
    const scale = f64x2.splat(weightOf(weight, i) / sum);
    CategoryShares.count(entry, end, rowBytes, shares, scale, counts);
    entry = end;
  }
  return i;
}

function weightOf(weight: usize, i: i32): f64 {
  return weight === 0 ? 1 : load<f64>(weight + ((<usize>i) << 3));
}

/**
 * Memberships of `n` rows in the first `wanted` components, k or one less, and log densities; what else is given is as
 * in `categoricalStep`.
 *
 * out         OUT  n x wanted, and room for one number more
 * logDensity  OUT  n, made even
 */
export function categoricalPosteriors(
  entries: usize,
  n: i32,
  groups: i32,
  k: i32,
  wanted: i32,
  size: i32,
  tables: usize,
  scratch: usize,
  out: usize,
  logDensity: usize,
): void {
  const rowBytes = (<usize>k) << 3;
  const entryBytes = (<usize>groups) << 1;
  const logs = CategoryTables.logs(tables);
  const ratios = CategoryTables.ratios(tables, k, size);
  const largest = CategoryTables.largest(tables, k, size);
  const exponential = CategoryTables.exponential(tables, k, size);
  const sums = scratch;
  const shares = sums + tileBytes;
  let entry = entries;
  for (let first: i32 = 0; first < n; first += tileRows) {
    const rows = min(tileRows, n - first);
    for (let i: i32 = 0; i < rows; i++) {
      const end = entry + entryBytes;
      let sum = CategoryShares.multiply(entry, end, rowBytes, ratios, shares);
      let density = largestOfRow(entry, end, largest);
      if (sum < smallestSum) {
        density = sharesByLogs(entry, end, rowBytes, logs, exponential, shares);
        sum = sumOfShares(shares, rowBytes);
      }
      store<f64>(sums + ((<usize>i) << 3), sum);
      store<f64>(logDensity + ((<usize>(first + i)) << 3), density);
      const scale = f64x2.splat(1 / sum);
      // What stands beyond the wanted ones is written over by the next row.
      for (let at: usize = 0; at < rowBytes; at += 16)
        v128.store(out + at, f64x2.mul(v128.load(shares + at), scale));
      out += (<usize>wanted) << 3;
      entry = end;
    }
    for (let i: i32 = 0; i < rows; i += 2) {
      const at = logDensity + ((<usize>(first + i)) << 3);
      v128.store(at, f64x2.add(v128.load(at), Lanes.log(v128.load(sums + ((<usize>i) << 3)))));
    }
  }
}

/**
 * Log joint densities of `n` rows into `out`, n x `wanted`, k or one less; what is given is as in `categoricalStep`.
 * One number more is written.
 */
export function categoricalLogDensities(
  entries: usize,
  n: i32,
  groups: i32,
  k: i32,
  wanted: i32,
  tables: usize,
  out: usize,
): void {
  const entryBytes = (<usize>groups) << 1;
  for (let i: i32 = 0; i < n; i++) {
    addLogs(entries, entries + entryBytes, (<usize>k) << 3, CategoryTables.logs(tables), out);
    // What stands beyond the wanted ones is written over by the next row.
    out += (<usize>wanted) << 3;
    entries += entryBytes;
  }
}

/** Bytes of scratch that the steps need. */
export function categoricalScratchBytes(k: i32): usize {
  return logProductBytes + tileBytes + ((<usize>k) << 3);
}
