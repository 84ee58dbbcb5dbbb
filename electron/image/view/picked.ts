import type { PictureRegion } from '../../../shared/image/picture';
import type { Pixels } from '../../../shared/image/pixels';
import type { Colour } from '../../../shared/image/quantisation';
import { paletteWords } from '../paletteWords';
import { wordsOf } from '../colourHistogram';
import { rowsOfIndex, type Rows } from './rows';

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

/** A connected region of a picture, as it is drawn. */
export interface PickedRegion {
  /** Region of each pixel of the picture, and the one that is picked. */
  readonly label: Int32Array;
  readonly region: number;
  /** Where it is. */
  readonly box: PictureRegion;
}

/**
 * A picture of palette numbers of which one region is picked.
 *
 * words, faded  what each number is drawn as in the region and elsewhere
 */
export function rowsOfRegion(
  index: Uint8Array,
  { label, region, box }: PickedRegion,
  width: number,
  words: Uint32Array,
  faded: Uint32Array,
): Rows {
  const { isOpaque, row: rowElsewhere } = rowsOfIndex(index, width, faded);
  const last = box.left + box.width;
  return {
    isOpaque,
    row(y, left, end) {
      const room = rowElsewhere(y, left, end);
      if (y < box.top || y >= box.top + box.height) return room;
      for (let x = Math.max(left, box.left); x < Math.min(end, last); x++) {
        const at = y * width + x;
        if (label[at] === region) room[x - left] = words[index[at]];
      }
      return room;
    },
  };
}

/**
 * The pixels of a view of a region of the picture that hold the centres of at least half as many pixels of the pick as
 * would fill them, as 1; where there are none, those that hold any: a small pick is seen too.
 */
export function pixelsOfPick(
  { label, region, box }: PickedRegion,
  pictureWidth: number,
  shown: PictureRegion,
  { width, height }: Pick<Pixels, 'width' | 'height'>,
): Uint8Array {
  const held = new Int32Array(width * height);
  const toX = (x: number): number => Math.floor(((x - shown.left + 0.5) * width) / shown.width);
  const toY = (y: number): number => Math.floor(((y - shown.top + 0.5) * height) / shown.height);
  const left = Math.max(box.left, shown.left);
  const end = Math.min(box.left + box.width, shown.left + shown.width);
  const bottom = Math.min(box.top + box.height, shown.top + shown.height);
  const column = Int32Array.from({ length: Math.max(0, end - left) }, (_, i) => toX(left + i));
  for (let y = Math.max(box.top, shown.top); y < bottom; y++) {
    const row = toY(y) * width;
    for (let x = left; x < end; x++) {
      if (label[y * pictureWidth + x] === region) held[row + column[x - left]]++;
    }
  }
  const half = (shown.width * shown.height) / (width * height) / 2;
  const holding = (least: number): Uint8Array =>
    new Uint8Array(held.length).map((_, i) => Number(held[i] >= least));
  const isHalf = holding(half);
  return isHalf.includes(1) ? isHalf : holding(1);
}

/** Draws a line of a pixel around those that are 1 in `isIn`. */
export function outline({ width, height, rgba }: Pixels, isIn: Uint8Array, picked: Colour): void {
  const words = wordsOf(rgba);
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
