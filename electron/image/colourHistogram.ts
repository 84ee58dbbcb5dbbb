import type { Pixels } from '../../shared/image/pixels';

/**
 * The distinct colours of a picture and how many pixels have each. Opaque ones come first, in Morton order of red, green
 * and blue, so that neighbours are near; then partly transparent ones by opacity, and in Morton order. Wholly
 * transparent pixels have no colour and are counted apart.
 */
export interface ColourHistogram {
  /** Distinct colours. */
  readonly size: number;
  /** Of them opaque. */
  readonly opaque: number;
  /** size x 4. */
  readonly rgba: Uint8Array;
  /** Pixels of each colour. */
  readonly count: Float64Array;
  /** Wholly transparent pixels. */
  readonly transparent: number;
}

/** Below this many pixels keys are sorted, above they are counted in a table of all colours, which takes 16 MB. Measured. */
const leastTabled = 1_000_000;

/**
 * Pixels that a loop takes at a time: a function that is called again runs as it was compiled for what it met before,
 * a long loop does not. With numbers that have a sign, which need no checks, that halves the time. Measured.
 */
export const slicePixels = 1 << 16;

/** Bit i of an 8-bit value at bit 3 i. */
export const spreadBlue = Int32Array.from({ length: 256 }, (_, value) => {
  let bits = 0;
  for (let bit = 0; bit < 8; bit++) bits |= ((value >> bit) & 1) << (3 * bit);
  return bits;
});
/** The same at bit 3 i + 1. */
export const spreadGreen = spreadBlue.map((bits) => bits << 1);
/** The same at bit 3 i + 2. */
export const spreadRed = spreadBlue.map((bits) => bits << 2);

/** The place of a colour in Morton order, 24 bits: of each bit of red, green and blue in turn, the highest first. */
export const mortonKey = (red: number, green: number, blue: number): number =>
  spreadRed[red] | spreadGreen[green] | spreadBlue[blue];

/** The channels whose bits are 12 of a key, as words of pixels: where those are the lower ones of 24, and the upper ones. */
const lowerChannels = Int32Array.from({ length: 4096 }, (_, bits) => {
  let word = 0;
  for (let bit = 0; bit < 12; bit++)
    word |= ((bits >> bit) & 1) << (8 * (2 - (bit % 3)) + Math.floor(bit / 3));
  return word;
});
const upperChannels = lowerChannels.map((word) => word << 4);

/** Counts the distinct colours of a picture. */
export function colourHistogram({ rgba, width, height }: Pixels): ColourHistogram {
  const n = width * height;
  const words = signedWordsOf(rgba);
  const opaque = n < leastTabled ? countRuns(sortedOpaque(words)) : countInTable(words);
  const partly = countRuns(opaque.pixels < n ? sortedPartly(words) : new Uint32Array());
  const size = opaque.words.length + partly.words.length;
  const colours = new Int32Array(size);
  const count = new Float64Array(size);
  colours.set(opaque.words);
  count.set(opaque.counts);
  colours.set(partly.words, opaque.words.length);
  count.set(partly.counts, opaque.words.length);
  return {
    size,
    opaque: opaque.words.length,
    rgba: new Uint8Array(colours.buffer),
    count,
    transparent: n - opaque.pixels - partly.pixels,
  };
}

/** Distinct colours in the order of their keys, and how often each comes. */
interface Counted {
  readonly words: Int32Array;
  readonly counts: Uint32Array;
  /** All of them together. */
  readonly pixels: number;
}

/** Pixels as words of 32 bits, red lowest. */
export function wordsOf(rgba: Uint8Array): Uint32Array {
  const bytes = rgba.byteOffset % 4 === 0 ? rgba : rgba.slice();
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
}

/** The same with a sign: the upper 8 bits of opaque ones are -1. */
export function signedWordsOf(rgba: Uint8Array): Int32Array {
  const { buffer, byteOffset, length } = wordsOf(rgba);
  return new Int32Array(buffer, byteOffset, length);
}

/** The Morton key of a word's colour. */
export const keyOf = (word: number): number => mortonKey(word & 255, (word >> 8) & 255, (word >> 16) & 255);

/** Opacity above, the Morton key of the colour below. */
const opacityAndKey = (word: number): number => (word & 0xff000000) | keyOf(word);

function sortedOpaque(words: Int32Array): Uint32Array {
  const keys = new Uint32Array(words.length);
  let count = 0;
  for (const word of words) if (word >> 24 === -1) keys[count++] = opacityAndKey(word);
  return keys.subarray(0, count).sort();
}

function sortedPartly(words: Int32Array): Uint32Array {
  const isPartly = (word: number): boolean => word >>> 24 > 0 && word >>> 24 < 255;
  const keys = new Uint32Array(words.filter(isPartly));
  for (let i = 0; i < keys.length; i++) keys[i] = opacityAndKey(keys[i]);
  return keys.sort();
}

/** Of keys with opacities above. */
function countRuns(sorted: Uint32Array): Counted {
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  const words = new Int32Array(distinct);
  const counts = new Uint32Array(distinct);
  let at = -1;
  for (let i = 0; i < sorted.length; i++) {
    const key = sorted[i];
    if (i === 0 || key !== sorted[i - 1])
      words[++at] = (key & 0xff000000) | upperChannels[(key >> 12) & 4095] | lowerChannels[key & 4095];
    counts[at]++;
  }
  return { words, counts, pixels: sorted.length };
}

/** Bytes are counted in, which caches hold more of; what one cannot hold is carried. */
function countInTable(words: Int32Array): Counted {
  const table = new Uint8Array(1 << 24);
  const carried = new Map<number, number>();
  let pixels = 0;
  for (let from = 0; from < words.length; from += slicePixels)
    pixels += countSlice(words.subarray(from, from + slicePixels), table, carried);
  const most = Math.min(words.length, table.length);
  const found = { words: new Int32Array(most), counts: new Uint32Array(most) };
  let end = 0;
  for (let key = 0; key < table.length; key += 4096) end = gather(table, key, found, end);
  const counted = { words: found.words.slice(0, end), counts: found.counts.slice(0, end), pixels };
  for (const [key, more] of carried) counted.counts[placeOfKey(counted.words, key)] += more;
  return counted;
}

/** Answers how many pixels are opaque. */
function countSlice(words: Int32Array, table: Uint8Array, carried: Map<number, number>): number {
  const [red, green, blue] = [spreadRed, spreadGreen, spreadBlue];
  let others = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word >> 24 !== -1) {
      others++;
      continue;
    }
    const key = red[word & 255] | green[(word >> 8) & 255] | blue[(word >> 16) & 255];
    const count = table[key];
    if (count < 255) table[key] = count + 1;
    else {
      carried.set(key, (carried.get(key) ?? 0) + 255);
      table[key] = 1;
    }
  }
  return words.length - others;
}

/** Writes what was counted of 4096 keys from `first` on, from place `at` on; answers where it ends. */
function gather(
  table: Uint8Array,
  first: number,
  { words, counts }: Pick<Counted, 'words' | 'counts'>,
  at: number,
): number {
  const lower = lowerChannels;
  const upper = (255 << 24) | upperChannels[first >> 12];
  const fours = new Int32Array(table.buffer, first, 1024);
  for (let four = 0; four < fours.length; four++) {
    if (fours[four] === 0) continue;
    for (let key = 4 * four; key < 4 * four + 4; key++) {
      const count = table[first + key];
      if (count === 0) continue;
      words[at] = upper | lower[key];
      counts[at++] = count;
    }
  }
  return at;
}

/** Where the opaque colour of a key, which is there, stands among those in the order of keys. */
function placeOfKey(words: Int32Array, key: number): number {
  let low = 0;
  let high = words.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyOf(words[middle]) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
