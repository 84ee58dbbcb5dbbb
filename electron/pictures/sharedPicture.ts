import type { FrameTimes } from '../../shared/image/frames';
import type { PictureFacts } from '../../shared/image/pictureFacts';
import type { Pixels } from '../../shared/image/pixels';
import type { DecodedImage } from '../files/images/decodeImage';
import { colourHistogram, type ColourHistogram } from '../image/colourHistogram';
import { shared } from './sharedMemory';

/** An open picture in shared memory: every thread reads it where it lies. */
export interface SharedPicture {
  readonly fileName: string;
  readonly facts: PictureFacts;
  readonly pixels: Pixels;
  /** Of the frames of an animation; null: it is a single picture. */
  readonly times: FrameTimes | null;
  /** Counted once: every fit, preview and painting needs it. */
  readonly histogram: ColourHistogram;
}

/** Puts a decoded picture and its histogram into shared memory. */
export function sharePicture(fileName: string, { facts, pixels, times }: DecodedImage): SharedPicture {
  return {
    fileName,
    facts,
    times,
    pixels: { ...pixels, rgba: shared(pixels.rgba) },
    histogram: shareHistogram(colourHistogram(pixels)),
  };
}

/** The same counts in shared memory. */
export const shareHistogram = (histogram: ColourHistogram): ColourHistogram => ({
  ...histogram,
  rgba: shared(histogram.rgba),
  count: shared(histogram.count),
});

/** Whether no pixel can be seen through. */
export const isWhollyOpaque = ({ histogram }: Pick<SharedPicture, 'histogram'>): boolean =>
  histogram.transparent === 0 && histogram.opaque === histogram.size;
