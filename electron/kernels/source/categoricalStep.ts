import { beginLikelihood, endLikelihood, likelihoodBytes, posteriors } from './posteriors';
import { tileBytes, tileRows, transposeTile } from './tile';

/**
 * One soft E-step over `n` rows of a mixture of categories, which come in groups: an entry of a table tells the levels
 * of all features of a group at once, so that one look stands for all of them. Components are side by side, an even
 * number of them.
 *
 * entries  IN     n x groups, u16: which entry of the table each row has of each group
 * weight   IN     n, >= 0; address 0 for all ones
 * table    IN     entries x k, log probabilities
 * base     IN     k, log weights; -Infinity for a component that only makes the number even
 * scratch         as many bytes as `categoricalScratchBytes` says
 * counts   INOUT  entries x k, sums of memberships by entry
 *
 * Returns the log-likelihood. Source: Bishop (2006), eq. 9.56 and 9.28.
 */
export function categoricalStep(
  entries: usize,
  n: i32,
  groups: i32,
  weight: usize,
  k: i32,
  table: usize,
  base: usize,
  scratch: usize,
  counts: usize,
): f64 {
  const rowBytes = (<usize>k) << 3;
  const entryBytes = (<usize>groups) << 1;
  const tile = scratch + likelihoodBytes;
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const rows = min(tileRows, n - first);
    const entry = entries + <usize>first * entryBytes;
    sumRows(entry, rows, entryBytes, rowBytes, table, base, tile);
    const own: usize = weight === 0 ? 0 : weight + ((<usize>first) << 3);
    posteriors(tile, tileBytes, rows, k, own, 0, scratch);
    for (let i: i32 = 0; i < rows; i += 2) {
      const one = entry + <usize>i * entryBytes;
      // Memberships of a row that is not there are zero.
      const two = i + 1 < rows ? one + entryBytes : one;
      addPair(one, two, entryBytes, rowBytes, tile + ((<usize>i) << 3), counts);
    }
  }
  return endLikelihood(scratch);
}

/**
 * Memberships of `n` rows in the first `wanted` components, k or one less, and log densities; what else is given is as
 * in `categoricalStep`.
 *
 * out         OUT  n x wanted
 * logDensity  OUT  n, made even
 */
export function categoricalPosteriors(
  entries: usize,
  n: i32,
  groups: i32,
  k: i32,
  wanted: i32,
  table: usize,
  base: usize,
  scratch: usize,
  out: usize,
  logDensity: usize,
): void {
  const entryBytes = (<usize>groups) << 1;
  const tile = scratch + likelihoodBytes;
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const rows = min(tileRows, n - first);
    const entry = entries + <usize>first * entryBytes;
    sumRows(entry, rows, entryBytes, (<usize>k) << 3, table, base, tile);
    posteriors(tile, tileBytes, rows, k, 0, logDensity + ((<usize>first) << 3), scratch);
    transposeTile(tile, rows, wanted, out + ((<usize>first * <usize>wanted) << 3));
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
  table: usize,
  base: usize,
  out: usize,
): void {
  const rowBytes = (<usize>k) << 3;
  const entryBytes = (<usize>groups) << 1;
  for (let i: i32 = 0; i < n; i++) {
    const end = entries + entryBytes;
    for (let at: usize = 0; at < rowBytes; at += 16) {
      let sum = v128.load(base + at);
      for (let e = entries; e < end; e += 2) {
        sum = f64x2.add(sum, v128.load(table + at + <usize>load<u16>(e) * rowBytes));
      }
      v128.store(out + at, sum);
    }
    entries = end;
    // What stands beyond the wanted ones is written over by the next row.
    out += (<usize>wanted) << 3;
  }
}

/** Bytes of scratch that the steps need. */
export function categoricalScratchBytes(k: i32): usize {
  return likelihoodBytes + <usize>k * tileBytes;
}

/** Log joint densities of up to 64 rows into a tile. */
function sumRows(
  entry: usize,
  rows: i32,
  entryBytes: usize,
  rowBytes: usize,
  table: usize,
  base: usize,
  tile: usize,
): void {
  for (let i: i32 = 0; i < rows; i += 2) {
    const one = entry + <usize>i * entryBytes;
    const two = i + 1 < rows ? one + entryBytes : one;
    sumPair(one, two, entryBytes, rowBytes, table, base, tile + ((<usize>i) << 3));
  }
}

/** base plus the entries of two rows, three pairs of components at a time, into two columns of a tile. */
function sumPair(
  one: usize,
  two: usize,
  entryBytes: usize,
  rowBytes: usize,
  table: usize,
  base: usize,
  tile: usize,
): void {
  let at: usize = 0;
  for (; at + 48 <= rowBytes; at += 48) {
    let a0 = v128.load(base + at);
    let b0 = v128.load(base + at, 16);
    let c0 = v128.load(base + at, 32);
    let a1 = a0;
    let b1 = b0;
    let c1 = c0;
    const own = table + at;
    for (let e: usize = 0; e < entryBytes; e += 2) {
      const first = own + <usize>load<u16>(one + e) * rowBytes;
      a0 = f64x2.add(a0, v128.load(first));
      b0 = f64x2.add(b0, v128.load(first, 16));
      c0 = f64x2.add(c0, v128.load(first, 32));
      const second = own + <usize>load<u16>(two + e) * rowBytes;
      a1 = f64x2.add(a1, v128.load(second));
      b1 = f64x2.add(b1, v128.load(second, 16));
      c1 = f64x2.add(c1, v128.load(second, 32));
    }
    storeColumns(tile, a0, a1);
    storeColumns(tile + 2 * tileBytes, b0, b1);
    storeColumns(tile + 4 * tileBytes, c0, c1);
    tile += 6 * tileBytes;
  }
  for (; at < rowBytes; at += 16) {
    let a0 = v128.load(base + at);
    let a1 = a0;
    const own = table + at;
    for (let e: usize = 0; e < entryBytes; e += 2) {
      a0 = f64x2.add(a0, v128.load(own + <usize>load<u16>(one + e) * rowBytes));
      a1 = f64x2.add(a1, v128.load(own + <usize>load<u16>(two + e) * rowBytes));
    }
    storeColumns(tile, a0, a1);
    tile += 2 * tileBytes;
  }
}

/** Two components of two rows, rows first, into a tile, components first. */
function storeColumns(tile: usize, one: v128, two: v128): void {
  v128.store(tile, v128.shuffle<f64>(one, two, 0, 2));
  v128.store(tile + tileBytes, v128.shuffle<f64>(one, two, 1, 3));
}

/** Adds the memberships of two rows, two columns of a tile, to the counts of their entries. */
function addPair(
  one: usize,
  two: usize,
  entryBytes: usize,
  rowBytes: usize,
  tile: usize,
  counts: usize,
): void {
  let at: usize = 0;
  for (; at + 48 <= rowBytes; at += 48) {
    let upper = v128.load(tile);
    let lower = v128.load(tile + tileBytes);
    const a0 = v128.shuffle<f64>(upper, lower, 0, 2);
    const a1 = v128.shuffle<f64>(upper, lower, 1, 3);
    upper = v128.load(tile + 2 * tileBytes);
    lower = v128.load(tile + 3 * tileBytes);
    const b0 = v128.shuffle<f64>(upper, lower, 0, 2);
    const b1 = v128.shuffle<f64>(upper, lower, 1, 3);
    upper = v128.load(tile + 4 * tileBytes);
    lower = v128.load(tile + 5 * tileBytes);
    const c0 = v128.shuffle<f64>(upper, lower, 0, 2);
    const c1 = v128.shuffle<f64>(upper, lower, 1, 3);
    const own = counts + at;
    for (let e: usize = 0; e < entryBytes; e += 2) {
      const first = own + <usize>load<u16>(one + e) * rowBytes;
      v128.store(first, f64x2.add(v128.load(first), a0));
      v128.store(first, f64x2.add(v128.load(first, 16), b0), 16);
      v128.store(first, f64x2.add(v128.load(first, 32), c0), 32);
      const second = own + <usize>load<u16>(two + e) * rowBytes;
      v128.store(second, f64x2.add(v128.load(second), a1));
      v128.store(second, f64x2.add(v128.load(second, 16), b1), 16);
      v128.store(second, f64x2.add(v128.load(second, 32), c1), 32);
    }
    tile += 6 * tileBytes;
  }
  for (; at < rowBytes; at += 16) {
    const upper = v128.load(tile);
    const lower = v128.load(tile + tileBytes);
    const a0 = v128.shuffle<f64>(upper, lower, 0, 2);
    const a1 = v128.shuffle<f64>(upper, lower, 1, 3);
    const own = counts + at;
    for (let e: usize = 0; e < entryBytes; e += 2) {
      const first = own + <usize>load<u16>(one + e) * rowBytes;
      v128.store(first, f64x2.add(v128.load(first), a0));
      const second = own + <usize>load<u16>(two + e) * rowBytes;
      v128.store(second, f64x2.add(v128.load(second), a1));
    }
    tile += 2 * tileBytes;
  }
}
