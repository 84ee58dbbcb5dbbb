import { tileBytes } from './tile';

/**
 * Features of the rows of a tile by what they have: every cell, some, none. Lists of eight times the feature, 32 bits
 * each. Lies in scratch.
 */
@unmanaged
export class TileFeatures {
  /** Ends of the lists; each list begins d words after the one before. */
  whole: usize;
  mixed: usize;
  blind: usize;
}

const headerBytes: usize = 32;

/** Bytes that the lists of `d` features need. */
export function featureBytes(d: i32): usize {
  return (headerBytes + 3 * ((<usize>d) << 2) + 15) & ~15;
}

/** Where a list begins; where the first list ends is `whole`, the second `mixed`, the third `blind`. */
export function listAt(features: TileFeatures, d: i32, list: i32): usize {
  return changetype<usize>(features) + headerBytes + ((<usize>list * <usize>d) << 2);
}

/** Puts each of the `d` features of a tile on the list it belongs to. */
export function sortFeatures(features: TileFeatures, tile: usize, d: i32): void {
  features.whole = listAt(features, d, 0);
  features.mixed = listAt(features, d, 1);
  features.blind = listAt(features, d, 2);
  for (let a: i32 = 0; a < d; a++) {
    let all = i64x2.splat(-1);
    let any = i64x2.splat(0);
    for (let end = tile + tileBytes; tile < end; tile += 16) {
      const value = v128.load(tile);
      const isObserved = f64x2.eq(value, value);
      all = v128.and(all, isObserved);
      any = v128.or(any, isObserved);
    }
    if (i64x2.all_true(all)) {
      store<u32>(features.whole, a << 3);
      features.whole += 4;
    } else if (v128.any_true(any)) {
      store<u32>(features.mixed, a << 3);
      features.mixed += 4;
    } else {
      store<u32>(features.blind, a << 3);
      features.blind += 4;
    }
  }
}
