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

/** Bit i of an 8-bit value at bit 3 i. */
const spread = Uint32Array.from({ length: 256 }, (_, value) => {
  let bits = 0;
  for (let bit = 0; bit < 8; bit++) bits |= ((value >> bit) & 1) << (3 * bit);
  return bits;
});
const spreadRed = spread.map((bits) => bits << 2);
const spreadGreen = spread.map((bits) => bits << 1);

/** Every third bit of 12, from bit 0, together. */
const gathered = Uint8Array.from({ length: 4096 }, (_, bits) => {
  let value = 0;
  for (let bit = 0; bit < 4; bit++) value |= ((bits >> (3 * bit)) & 1) << bit;
  return value;
});

/** The place of a colour in Morton order, 24 bits: of each bit of red, green and blue in turn, the highest first. */
export const mortonKey = (red: number, green: number, blue: number): number =>
  spreadRed[red] | spreadGreen[green] | spread[blue];

/** The value whose bits are at `shift`, `shift` + 3 and so on of a key of 24 bits. */
const channelOf = (key: number, shift: number): number =>
  (gathered[(key >>> (12 + shift)) & 0x249] << 4) | gathered[(key >>> shift) & 0x249];

/** Counts the distinct colours of a picture. */
export function colourHistogram({ rgba, width, height }: Pixels): ColourHistogram {
  const n = width * height;
  const words = wordsOf(rgba);
  const opaque = n < leastTabled ? countRuns(sortedOpaque(words)) : countInTable(words);
  let opaquePixels = 0;
  for (const count of opaque.counts) opaquePixels += count;
  const partly = opaquePixels < n ? sortedPartly(words) : new Uint32Array();
  const rest = countRuns(partly);
  return {
    size: opaque.keys.length + rest.keys.length,
    opaque: opaque.keys.length,
    rgba: coloursOf(opaque.keys, rest.keys),
    count: joined(opaque.counts, rest.counts),
    transparent: n - opaquePixels - partly.length,
  };
}

/** Distinct keys in ascending order, and how often each comes. */
interface Counted {
  readonly keys: Uint32Array;
  readonly counts: Uint32Array;
}

/** Pixels as words of 32 bits, red lowest. */
export function wordsOf(rgba: Uint8Array): Uint32Array {
  const bytes = rgba.byteOffset % 4 === 0 ? rgba : rgba.slice();
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
}

/** The Morton key of a word's colour. */
export const keyOf = (word: number): number =>
  spreadRed[word & 255] | spreadGreen[(word >>> 8) & 255] | spread[(word >>> 16) & 255];

function sortedOpaque(words: Uint32Array): Uint32Array {
  const keys = new Uint32Array(words.length);
  let count = 0;
  for (const word of words) if (word >>> 24 === 255) keys[count++] = keyOf(word);
  return keys.subarray(0, count).sort();
}

/** Opacity above, colour below. */
function sortedPartly(words: Uint32Array): Uint32Array {
  const isPartly = (word: number): boolean => word >= 1 << 24 && word >>> 24 < 255;
  const keys = words.filter(isPartly);
  for (let i = 0; i < keys.length; i++) keys[i] = (keys[i] & 0xff000000) | keyOf(keys[i]);
  return keys.sort();
}

function countRuns(sorted: Uint32Array): Counted {
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  const keys = new Uint32Array(distinct);
  const counts = new Uint32Array(distinct);
  let at = -1;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) keys[++at] = sorted[i];
    counts[at]++;
  }
  return { keys, counts };
}

/** Bytes are counted in, which caches hold more of; what one cannot hold is carried. */
function countInTable(words: Uint32Array): Counted {
  const table = new Uint8Array(1 << 24);
  const carried = new Map<number, number>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word >>> 24 !== 255) continue;
    const key = keyOf(word);
    const count = table[key];
    if (count < 255) table[key] = count + 1;
    else {
      carried.set(key, (carried.get(key) ?? 0) + 255);
      table[key] = 1;
    }
  }
  const keys = new Uint32Array(Math.min(words.length, table.length));
  const counts = new Uint32Array(keys.length);
  const fours = new Uint32Array(table.buffer);
  let at = 0;
  for (let four = 0; four < fours.length; four++) {
    if (fours[four] === 0) continue;
    for (let key = 4 * four; key < 4 * four + 4; key++) {
      if (table[key] === 0) continue;
      keys[at] = key;
      counts[at++] = table[key];
    }
  }
  const found = { keys: keys.slice(0, at), counts: counts.slice(0, at) };
  if (carried.size > 0) for (let i = 0; i < at; i++) found.counts[i] += carried.get(keys[i]) ?? 0;
  return found;
}

function coloursOf(opaque: Uint32Array, partly: Uint32Array): Uint8Array {
  const rgba = new Uint8Array(4 * (opaque.length + partly.length));
  const place = (key: number, opacity: number, at: number): void => {
    rgba[at] = channelOf(key, 2);
    rgba[at + 1] = channelOf(key, 1);
    rgba[at + 2] = channelOf(key, 0);
    rgba[at + 3] = opacity;
  };
  for (let i = 0; i < opaque.length; i++) place(opaque[i], 255, 4 * i);
  for (let i = 0; i < partly.length; i++) place(partly[i], partly[i] >>> 24, 4 * (opaque.length + i));
  return rgba;
}

function joined(first: Uint32Array, second: Uint32Array): Float64Array {
  const all = new Float64Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
