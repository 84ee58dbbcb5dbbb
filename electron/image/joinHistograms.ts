import { mortonKey, type ColourHistogram } from './colourHistogram';

/** The colours of two pictures together, as if they were one: every pixel counts the same. */
export function joinHistograms(first: ColourHistogram, second: ColourHistogram): ColourHistogram {
  const firstKeys = keysOf(first);
  const secondKeys = keysOf(second);
  const size = unionSize(firstKeys, secondKeys);
  const rgba = new Uint8Array(4 * size);
  const count = new Float64Array(size);
  let opaque = 0;
  let i = 0;
  let j = 0;
  for (let at = 0; at < size; at++) {
    // Past its end a histogram has no smaller key.
    const a = i < first.size ? firstKeys[i] : Infinity;
    const b = j < second.size ? secondKeys[j] : Infinity;
    const source = a <= b ? first.rgba : second.rgba;
    const from = 4 * (a <= b ? i : j);
    for (let channel = 0; channel < 4; channel++) rgba[4 * at + channel] = source[from + channel];
    if (rgba[4 * at + 3] === 255) opaque++;
    if (a <= b) count[at] += first.count[i++];
    if (b <= a) count[at] += second.count[j++];
  }
  return { size, opaque, rgba, count, transparent: first.transparent + second.transparent };
}

/** Where each colour stands in a histogram: opaque ones by their place in Morton order, the others behind by opacity. */
function keysOf({ size, opaque, rgba }: ColourHistogram): Float64Array {
  const keys = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const before = i < opaque ? 0 : rgba[4 * i + 3] * 2 ** 24;
    keys[i] = before + mortonKey(rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]);
  }
  return keys;
}

function unionSize(first: Float64Array, second: Float64Array): number {
  let size = 0;
  let i = 0;
  let j = 0;
  while (i < first.length && j < second.length) {
    const a = first[i];
    const b = second[j];
    if (a <= b) i++;
    if (b <= a) j++;
    size++;
  }
  return size + first.length - i + second.length - j;
}
