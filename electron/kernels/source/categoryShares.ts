import { Exponential } from './exponential';
import { Lanes } from './lanes';

/** Shares of a row among components: what its entries multiply to. As many as four pairs of components at a time. */
export class CategoryShares {
  /** Products of a row's ratios into `shares`, k; returns their sum. `entry` to `end`: the row's entries, at least one. */
  @inline
  static multiply(entry: usize, end: usize, rowBytes: usize, ratios: usize, shares: usize): f64 {
    let total = f64x2.splat(0);
    const head = <usize>load<u16>(entry) * rowBytes;
    let at: usize = 0;
    for (; at + 64 <= rowBytes; at += 64) {
      const own = ratios + at;
      const first = own + head;
      let a = v128.load(first);
      let b = v128.load(first, 16);
      let c = v128.load(first, 32);
      let d = v128.load(first, 48);
      for (let e = entry + 2; e < end; e += 2) {
        const ratio = own + <usize>load<u16>(e) * rowBytes;
        a = f64x2.mul(a, v128.load(ratio));
        b = f64x2.mul(b, v128.load(ratio, 16));
        c = f64x2.mul(c, v128.load(ratio, 32));
        d = f64x2.mul(d, v128.load(ratio, 48));
      }
      v128.store(shares + at, a);
      v128.store(shares + at, b, 16);
      v128.store(shares + at, c, 32);
      v128.store(shares + at, d, 48);
      total = f64x2.add(total, f64x2.add(f64x2.add(a, b), f64x2.add(c, d)));
    }
    if (at + 48 <= rowBytes) {
      const own = ratios + at;
      const first = own + head;
      let a = v128.load(first);
      let b = v128.load(first, 16);
      let c = v128.load(first, 32);
      for (let e = entry + 2; e < end; e += 2) {
        const ratio = own + <usize>load<u16>(e) * rowBytes;
        a = f64x2.mul(a, v128.load(ratio));
        b = f64x2.mul(b, v128.load(ratio, 16));
        c = f64x2.mul(c, v128.load(ratio, 32));
      }
      v128.store(shares + at, a);
      v128.store(shares + at, b, 16);
      v128.store(shares + at, c, 32);
      total = f64x2.add(total, f64x2.add(f64x2.add(a, b), c));
    } else if (at + 32 <= rowBytes) {
      const own = ratios + at;
      const first = own + head;
      let a = v128.load(first);
      let b = v128.load(first, 16);
      for (let e = entry + 2; e < end; e += 2) {
        const ratio = own + <usize>load<u16>(e) * rowBytes;
        a = f64x2.mul(a, v128.load(ratio));
        b = f64x2.mul(b, v128.load(ratio, 16));
      }
      v128.store(shares + at, a);
      v128.store(shares + at, b, 16);
      total = f64x2.add(total, f64x2.add(a, b));
    } else if (at < rowBytes) {
      const own = ratios + at;
      const first = own + head;
      let a = v128.load(first);
      for (let e = entry + 2; e < end; e += 2) {
        const ratio = own + <usize>load<u16>(e) * rowBytes;
        a = f64x2.mul(a, v128.load(ratio));
      }
      v128.store(shares + at, a);
      total = f64x2.add(total, a);
    }
    return Lanes.total(total);
  }

  /** Adds a row's shares times `scale` to the counts of its entries. */
  @inline
  static count(entry: usize, end: usize, rowBytes: usize, shares: usize, scale: v128, counts: usize): void {
    let at: usize = 0;
    for (; at + 64 <= rowBytes; at += 64) {
      const a = f64x2.mul(v128.load(shares + at), scale);
      const b = f64x2.mul(v128.load(shares + at, 16), scale);
      const c = f64x2.mul(v128.load(shares + at, 32), scale);
      const d = f64x2.mul(v128.load(shares + at, 48), scale);
      const own = counts + at;
      for (let e = entry; e < end; e += 2) {
        const count = own + <usize>load<u16>(e) * rowBytes;
        v128.store(count, f64x2.add(v128.load(count), a));
        v128.store(count, f64x2.add(v128.load(count, 16), b), 16);
        v128.store(count, f64x2.add(v128.load(count, 32), c), 32);
        v128.store(count, f64x2.add(v128.load(count, 48), d), 48);
      }
    }
    if (at + 48 <= rowBytes) {
      const a = f64x2.mul(v128.load(shares + at), scale);
      const b = f64x2.mul(v128.load(shares + at, 16), scale);
      const c = f64x2.mul(v128.load(shares + at, 32), scale);
      const own = counts + at;
      for (let e = entry; e < end; e += 2) {
        const count = own + <usize>load<u16>(e) * rowBytes;
        v128.store(count, f64x2.add(v128.load(count), a));
        v128.store(count, f64x2.add(v128.load(count, 16), b), 16);
        v128.store(count, f64x2.add(v128.load(count, 32), c), 32);
      }
    } else if (at + 32 <= rowBytes) {
      const a = f64x2.mul(v128.load(shares + at), scale);
      const b = f64x2.mul(v128.load(shares + at, 16), scale);
      const own = counts + at;
      for (let e = entry; e < end; e += 2) {
        const count = own + <usize>load<u16>(e) * rowBytes;
        v128.store(count, f64x2.add(v128.load(count), a));
        v128.store(count, f64x2.add(v128.load(count, 16), b), 16);
      }
    } else if (at < rowBytes) {
      const a = f64x2.mul(v128.load(shares + at), scale);
      const own = counts + at;
      for (let e = entry; e < end; e += 2) {
        const count = own + <usize>load<u16>(e) * rowBytes;
        v128.store(count, f64x2.add(v128.load(count), a));
      }
    }
  }
}

/** A sum of products below this may lack digits that underflow took, and the row is done by logarithms. */
export const smallestSum: f64 = 1e-200;

/** Logs of a row's entries added up, into `out`, k. */
export function addLogs(entry: usize, end: usize, rowBytes: usize, logs: usize, out: usize): void {
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const own = logs + at;
    let sum = v128.load(own + <usize>load<u16>(entry) * rowBytes);
    for (let e = entry + 2; e < end; e += 2)
      sum = f64x2.add(sum, v128.load(own + <usize>load<u16>(e) * rowBytes));
    v128.store(out + at, sum);
  }
}

/**
 * Shares of a row by logarithms, into `shares`, k, relative to the largest; returns that one's logarithm, -Infinity where
 * the row is impossible: shares are zero then.
 */
export function sharesByLogs(
  entry: usize,
  end: usize,
  rowBytes: usize,
  logs: usize,
  exponential: usize,
  shares: usize,
): f64 {
  addLogs(entry, end, rowBytes, logs, shares);
  let largest = -Infinity;
  for (let at: usize = 0; at < rowBytes; at += 8) largest = max(largest, load<f64>(shares + at));
  const top = f64x2.splat(largest);
  const cut = f64x2.splat(Lanes.negligible);
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const log = f64x2.sub(v128.load(shares + at), top);
    const counts = f64x2.gt(log, cut);
    v128.store(shares + at, v128.and(Exponential.of(f64x2.pmax(cut, log), exponential), counts));
  }
  return largest;
}

/** The sum of k shares. */
export function sumOfShares(shares: usize, rowBytes: usize): f64 {
  let total = f64x2.splat(0);
  for (let at: usize = 0; at < rowBytes; at += 16) total = f64x2.add(total, v128.load(shares + at));
  return Lanes.total(total);
}

/** The largest logs of a row's entries, added up. */
export function largestOfRow(entry: usize, end: usize, largest: usize): f64 {
  let sum: f64 = 0;
  for (; entry < end; entry += 2) sum += load<f64>(largest + ((<usize>load<u16>(entry)) << 3));
  return sum;
}
