import type { Pixels } from '../../../shared/image/pixels';
import type { Colour } from '../../../shared/image/quantisation';
import { paletteWords } from '../paletteWords';
import type { Rows } from './rows';

/** Grey of a word's colour (ITU-R BT.601), 0 to 255. */
const greyOf = (word: number): number =>
  0.299 * (word & 255) + 0.587 * ((word >>> 8) & 255) + 0.114 * ((word >>> 16) & 255);

const greyWord = (grey: number, opacity: number): number => ((opacity << 24) | (grey * 0x010101)) >>> 0;

/** What is not picked keeps this share of its contrast. By eye. */
const keptContrast = 0.35;

/**
 * Words of a palette as what is not picked: grey and faint, towards white around dark picks and towards black around
 * light ones, so that what is picked stands out whatever its colour.
 */
export function fadedWords(words: Uint32Array, picked: Colour): Uint32Array {
  const towards = isLight(picked) ? 0 : 255;
  return words.map((word) =>
    greyWord(Math.round(towards + keptContrast * (greyOf(word) - towards)), word >>> 24),
  );
}

/** A palette as it is drawn where one of its colours is picked. */
export function fadedBut(palette: readonly Colour[], picked: number): Colour[] {
  const words = fadedWords(paletteWords(palette), palette[picked]);
  return palette.map((colour, at) => {
    const grey = words[at] & 255;
    return at === picked ? colour : { red: grey, green: grey, blue: grey, opacity: colour.opacity };
  });
}

/** The outline of a pick: as far from what it stands on as can be. */
const outlineWord = (picked: Colour): number => greyWord(isLight(picked) ? 255 : 0, 255);

const isLight = ({ red, green, blue }: Colour): boolean => greyOf(red | (green << 8) | (blue << 16)) > 127.5;

/**
 * A picture of palette numbers of which one region is picked.
 *
 * words, faded  what each number is drawn as in the region and elsewhere
 */
export function rowsOfRegion(
  index: Uint8Array,
  label: Int32Array,
  width: number,
  region: number,
  words: Uint32Array,
  faded: Uint32Array,
): Rows {
  const room = new Uint32Array(width);
  return {
    isOpaque: words.every((word) => word >>> 24 === 255),
    row(y, left, end) {
      const from = y * width + left;
      const pixels = end - left;
      for (let i = 0; i < pixels; i++) {
        const at = from + i;
        room[i] = label[at] === region ? words[index[at]] : faded[index[at]];
      }
      return room.subarray(0, pixels);
    },
  };
}

/** Draws a line of a pixel around what is white in `mask`, another view of the same size. */
export function outline({ width, height, rgba }: Pixels, mask: Pixels, picked: Colour): void {
  const words = new Uint32Array(rgba.buffer);
  const isIn = insideOf(mask);
  const line = outlineWord(picked);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (isIn[i] === 1) continue;
      const touches =
        (x > 0 && isIn[i - 1] === 1) ||
        (x + 1 < width && isIn[i + 1] === 1) ||
        (y > 0 && isIn[i - width] === 1) ||
        (y + 1 < height && isIn[i + width] === 1);
      if (touches) words[i] = line;
    }
  }
}

/** Pixels of which half is covered; where there are none, those of which anything is: a small region is drawn too. */
function insideOf({ rgba }: Pixels): Uint8Array {
  const isIn = new Uint8Array(rgba.length / 4);
  for (const least of [128, 1]) {
    let found = false;
    for (let i = 0; i < isIn.length; i++) {
      if (rgba[4 * i] < least) continue;
      isIn[i] = 1;
      found = true;
    }
    if (found) break;
  }
  return isIn;
}
