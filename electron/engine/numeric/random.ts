import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers. Streams of other seeds or purposes are independent of it. */
export interface Random {
  /** In [0, 1), all multiples of 2^-53. */
  uniform(): number;
  /** A whole number in [0, below). */
  integer(below: number): number;
  /** Standard normal. */
  normal(): number;
}

/**
 * The stream of a seed for a purpose, say (7, 'restart', 3): which numbers it gives depends on nothing else, so
 * restart 3 is the same in a list of four or of forty.
 *
 * Generator: xoroshiro128+ (Blackman and Vigna, 2018), its state hashed from seed and purpose.
 */
export function createRandom(seed: number, ...purpose: readonly (string | number)[]): Random {
  const name = [seed, ...purpose].join('/');
  const generator = xoroshiro128plusFromState([0, 1, 2, 3].map((word) => hash(`${word}:${name}`)));
  let spare: number | null = null;
  return {
    uniform: () => uniformFloat64(generator),
    integer: (below) => uniformInt(generator, 0, below - 1),
    normal() {
      if (spare !== null) {
        const kept = spare;
        spare = null;
        return kept;
      }
      // Marsaglia's polar method (1964): only log and square root, which do not differ between V8 versions.
      for (;;) {
        const u = 2 * uniformFloat64(generator) - 1;
        const v = 2 * uniformFloat64(generator) - 1;
        const s = u * u + v * v;
        if (s > 0 && s < 1) {
          const scale = Math.sqrt((-2 * Math.log(s)) / s);
          spare = v * scale;
          return u * scale;
        }
      }
    },
  };
}

/** 32 bits of a text: FNV-1a, stirred by the finaliser of MurmurHash3 so that near seeds give far states. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
