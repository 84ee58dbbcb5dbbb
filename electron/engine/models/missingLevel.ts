/** Levels of columns, k times those of all of them, and one more behind those of each column: a missing cell's. */
export interface MissingLevel {
  /** How many levels each column has with it. */
  readonly levels: readonly number[];
  /** Log probabilities with those of the missing level: it drops out of a row's density. */
  extend(logProbability: Float64Array): Float64Array;
  /** Sums of memberships without those of the missing level. */
  shorten(sums: Float64Array): Float64Array;
}

/** A further level of each of the columns with these numbers of levels. */
export function missingLevel(levels: readonly number[]): MissingLevel {
  /** Copies what both arrays have; each may have one level more than `levels` says. */
  function copy(from: Float64Array, to: Float64Array, moreIn: number, moreOut: number): Float64Array {
    let read = 0;
    let write = 0;
    while (read < from.length) {
      for (const count of levels) {
        to.set(from.subarray(read, read + count), write);
        read += count + moreIn;
        write += count + moreOut;
      }
    }
    return to;
  }
  const size = levels.reduce((sum, count) => sum + count, 0);
  const longer = size + levels.length;
  return {
    levels: levels.map((count) => count + 1),
    extend: (short) => copy(short, new Float64Array((short.length / size) * longer), 0, 1),
    shorten: (long) => copy(long, new Float64Array((long.length / longer) * size), 1, 0),
  };
}
