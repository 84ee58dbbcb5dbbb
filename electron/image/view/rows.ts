import type { Pixels } from '../../../shared/image/pixels';
import { wordsOf } from '../colourHistogram';
import { mapDifferences } from '../difference';

/** Something that can be drawn, row by row, without being held whole. */
export interface Rows {
  /**
   * Pixels [left, end) of row `y` as words of 32 bits, red lowest, opacity highest; not premultiplied. They hold until
   * the next row is asked for.
   */
  row(y: number, left: number, end: number): Uint32Array;
  /** Whether no pixel can be seen through. */
  readonly isOpaque: boolean;
}

/** Rows of a picture of colours. */
export function rowsOfPixels({ width, rgba }: Pixels, isOpaque: boolean): Rows {
  const words = wordsOf(rgba);
  return { isOpaque, row: (y, left, end) => words.subarray(y * width + left, y * width + end) };
}

/** Of a picture of numbers; `words`: what each number is drawn as. */
export function rowsOfIndex(index: Uint8Array, width: number, words: Uint32Array): Rows {
  const room = new Uint32Array(width);
  return {
    isOpaque: words.every((word) => word >>> 24 === 255),
    row(y, left, end) {
      const from = y * width + left;
      const pixels = end - left;
      for (let i = 0; i < pixels; i++) room[i] = words[index[from + i]];
      return room.subarray(0, pixels);
    },
  };
}

/** The map of where two pictures differ, as `differenceMap`. */
export function rowsOfDifference(original: Rows, result: Rows, white: number): Rows {
  const map = mapDifferences(white);
  let room = new Uint32Array(0);
  return {
    isOpaque: true,
    row(y, left, end) {
      if (room.length !== end - left) room = new Uint32Array(end - left);
      map(original.row(y, left, end), result.row(y, left, end), room);
      return room;
    },
  };
}
