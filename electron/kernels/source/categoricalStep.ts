import { beginLikelihood, endLikelihood, likelihoodBytes, posteriors } from './posteriors';
import { tileBytes, tileRows, transposeRows, transposeTile } from './tile';

/**
 * One soft E-step over `n` rows of a mixture of categories, which come in groups: a code tells the levels of all
 * features of a group at once, so that one look into a table stands for all of them. Components are side by side, an
 * even number of them.
 *
 * codes   IN     n x groups, bytes
 * weight  IN     n, >= 0; address 0 for all ones
 * starts  IN     groups, where the entries of a group begin in the table, in bytes (32 bits each)
 * table   IN     entries x k, log probabilities
 * base    IN     k, log weights; -Infinity for a component that only makes the number even
 * scratch        as many bytes as `categoricalScratchBytes` says
 * counts  INOUT  entries x k, sums of memberships by code
 * total   INOUT  k, sums of memberships
 *
 * Returns the log-likelihood. Source: Bishop (2006), eq. 9.56 and 9.28.
 */
export function categoricalStep(
  codes: usize,
  n: i32,
  groups: i32,
  weight: usize,
  k: i32,
  starts: usize,
  table: usize,
  base: usize,
  scratch: usize,
  counts: usize,
  total: usize,
): f64 {
  const rowBytes = (<usize>k) << 3;
  const tile = scratch + likelihoodBytes;
  const joint = tile + <usize>k * tileBytes;
  const entries = joint + <usize>k * tileBytes;
  beginLikelihood(scratch);
  for (let first: i32 = 0; first < n; first += tileRows) {
    const rows = min(tileRows, n - first);
    const code = codes + <usize>first * <usize>groups;
    for (let i: i32 = 0; i < rows; i++) {
      findEntries(code + <usize>i * <usize>groups, groups, rowBytes, starts, entries);
      addEntries(table, entries, groups, base, rowBytes, joint + <usize>i * rowBytes);
    }
    transposeRows(joint, rows, k, tile);
    const own: usize = weight === 0 ? 0 : weight + ((<usize>first) << 3);
    posteriors(tile, tileBytes, rows, k, own, 0, scratch);
    transposeTile(tile, rows, k, joint);
    for (let i: i32 = 0; i < rows; i++) {
      const membership = joint + <usize>i * rowBytes;
      findEntries(code + <usize>i * <usize>groups, groups, rowBytes, starts, entries);
      addMemberships(membership, entries, groups, rowBytes, counts);
      for (let at: usize = 0; at < rowBytes; at += 16) {
        v128.store(total + at, f64x2.add(v128.load(total + at), v128.load(membership + at)));
      }
    }
  }
  return endLikelihood(scratch);
}

/**
 * Codes of `n` rows of `d` features, a byte for each group: the sum of its features' levels times their strides.
 *
 * x        IN   n x d, levels
 * ends     IN   groups, the feature after the last of each (32 bits)
 * strides  IN   d (32 bits)
 * codes    OUT  n x groups, bytes
 */
export function encodeRows(x: usize, n: i32, groups: i32, ends: usize, strides: usize, codes: usize): void {
  for (let i: i32 = 0; i < n; i++) {
    let stride = strides;
    for (let g: i32 = 0; g < groups; g++) {
      const end = strides + ((<usize>load<u32>(ends + ((<usize>g) << 2))) << 2);
      let code: i32 = 0;
      for (; stride < end; stride += 4) {
        code += load<i32>(stride) * <i32>load<f64>(x);
        x += 8;
      }
      store<u8>(codes, code);
      codes++;
    }
  }
}

/** Log joint densities of `n` rows, n x k, into `out`; what is given is as in `categoricalStep`. */
export function categoricalLogDensities(
  codes: usize,
  n: i32,
  groups: i32,
  k: i32,
  starts: usize,
  table: usize,
  base: usize,
  scratch: usize,
  out: usize,
): void {
  const rowBytes = (<usize>k) << 3;
  for (let i: i32 = 0; i < n; i++) {
    findEntries(codes + <usize>i * <usize>groups, groups, rowBytes, starts, scratch);
    addEntries(table, scratch, groups, base, rowBytes, out + <usize>i * rowBytes);
  }
}

/** Bytes of scratch that `categoricalStep` needs. */
export function categoricalScratchBytes(groups: i32, k: i32): usize {
  return likelihoodBytes + <usize>(2 * k) * tileBytes + ((<usize>groups) << 2);
}

/** Where the entries of one row's codes stand. */
function findEntries(code: usize, groups: i32, rowBytes: usize, starts: usize, entries: usize): void {
  for (let g: i32 = 0; g < groups; g++) {
    const at = (<usize>g) << 2;
    const entry = <usize>load<u8>(code + <usize>g) * rowBytes;
    store<u32>(entries + at, load<u32>(starts + at) + <u32>entry);
  }
}

/** base plus the entries, three pairs of components at a time. */
function addEntries(
  table: usize,
  entries: usize,
  groups: i32,
  base: usize,
  rowBytes: usize,
  out: usize,
): void {
  const end = entries + ((<usize>groups) << 2);
  let at: usize = 0;
  for (; at + 48 <= rowBytes; at += 48) {
    let s0 = v128.load(base + at);
    let s1 = v128.load(base + at, 16);
    let s2 = v128.load(base + at, 32);
    const own = table + at;
    for (let e = entries; e < end; e += 4) {
      const entry = own + <usize>load<u32>(e);
      s0 = f64x2.add(s0, v128.load(entry));
      s1 = f64x2.add(s1, v128.load(entry, 16));
      s2 = f64x2.add(s2, v128.load(entry, 32));
    }
    v128.store(out + at, s0);
    v128.store(out + at, s1, 16);
    v128.store(out + at, s2, 32);
  }
  for (; at < rowBytes; at += 16) {
    let s = v128.load(base + at);
    for (let e = entries; e < end; e += 4) s = f64x2.add(s, v128.load(table + at + <usize>load<u32>(e)));
    v128.store(out + at, s);
  }
}

/** Adds memberships to the counts of the entries. */
function addMemberships(
  membership: usize,
  entries: usize,
  groups: i32,
  rowBytes: usize,
  counts: usize,
): void {
  const end = entries + ((<usize>groups) << 2);
  let at: usize = 0;
  for (; at + 48 <= rowBytes; at += 48) {
    const r0 = v128.load(membership + at);
    const r1 = v128.load(membership + at, 16);
    const r2 = v128.load(membership + at, 32);
    const own = counts + at;
    for (let e = entries; e < end; e += 4) {
      const entry = own + <usize>load<u32>(e);
      v128.store(entry, f64x2.add(v128.load(entry), r0));
      v128.store(entry, f64x2.add(v128.load(entry, 16), r1), 16);
      v128.store(entry, f64x2.add(v128.load(entry, 32), r2), 32);
    }
  }
  for (; at < rowBytes; at += 16) {
    const r = v128.load(membership + at);
    for (let e = entries; e < end; e += 4) {
      const entry = counts + at + <usize>load<u32>(e);
      v128.store(entry, f64x2.add(v128.load(entry), r));
    }
  }
}
