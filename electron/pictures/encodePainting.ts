import type { Failure } from '../../shared/failure';
import type { FrameTimes } from '../../shared/image/frames';
import type { PaintingFormat } from '../../shared/image/painting';
import type { Effort, Swatch } from '../../shared/image/quantisation';
import { failed, ok, type Result } from '../../shared/result';
import { encodeFullColour } from '../files/images/encodeFullColour';
import { encodeGif } from '../files/images/encodeGif';
import { encodeIndexedPng } from '../files/images/png/encodeIndexedPng';
import { loadPngOptimiser } from '../files/images/png/loadPngOptimiser';
import { painted } from '../image/paint';

/** A painting of the whole picture, or what became of one. */
export interface IndexedPicture {
  readonly width: number;
  readonly height: number;
  /** Place in `swatches` of each pixel, row by row. */
  readonly index: Uint8Array;
  readonly swatches: readonly Pick<Swatch, 'colour'>[];
  /** With `quick` zlib alone compresses an indexed PNG. */
  readonly effort: Effort;
  /** Of an animation, whose frames are one under another; null: it is a single picture. */
  readonly times: FrameTimes | null;
}

/** Most pixels a side that a format has room for: fields of 16 bits in GIF89a, of 14 in a WebP's bitstream. */
const longestSide: Readonly<Record<PaintingFormat, number>> = {
  png: 2 ** 31 - 1,
  fullPng: 2 ** 31 - 1,
  gif: 65_535,
  webp: 16_383,
};

/** Why a picture of such sides cannot be a file of the format; null: it can. */
export function sideTooLong(
  { width, height: allHeight, times }: Pick<IndexedPicture, 'width' | 'height' | 'times'>,
  format: PaintingFormat,
): Failure | null {
  const most = longestSide[format];
  // A GIF shows frames one after another; elsewhere they stay one under another.
  const height = format === 'gif' ? allHeight / (times?.delaysMs.length ?? 1) : allHeight;
  return width > most || height > most ? { kind: 'sideTooLong', format, width, height, most } : null;
}

/** The file of a painting, as it is measured and as it is saved: the same painting gives the same bytes. */
export async function encodePainting(
  { width, height, index, swatches, effort, times }: IndexedPicture,
  format: PaintingFormat,
): Promise<Result<Uint8Array, Failure>> {
  const refusal = sideTooLong({ width, height, times }, format);
  if (refusal !== null) return failed(refusal);
  const palette = swatches.map(({ colour }) => colour);
  switch (format) {
    case 'png': {
      const options = effort === 'quick' ? {} : { optimise: await loadPngOptimiser() };
      return ok(await encodeIndexedPng(index, palette, width, height, options));
    }
    case 'gif':
      return ok(encodeGif(index, palette, width, height, times));
    case 'fullPng':
      return ok(await encodeFullColour(painted(index, palette, width, height), 'png'));
    case 'webp':
      return ok(await encodeFullColour(painted(index, palette, width, height), 'webp'));
  }
}
