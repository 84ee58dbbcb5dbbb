import type { Failure } from '../../../shared/failure';
import type { FrameChoice } from '../../../shared/image/frames';
import type { PictureFormat } from '../../../shared/image/pictureFacts';

/** Most pixels of a picture that is read. By the memory it takes: 4 bytes a pixel here and as many while it is turned. */
export const maxPixels = 200_000_000;

/** Most bytes of a file of a picture: as many as `maxPixels` need without any compression at 16 bits a channel. */
export const maxFileBytes = 8 * maxPixels;

/** What a decoder is told beside the bytes. */
export interface PictureSource {
  readonly file: string;
  readonly format: PictureFormat;
  readonly maxPixels: number;
  readonly frame: FrameChoice;
}

/** Says no to a picture of too many pixels or of none, by what its header tells. null: it may be read. */
export function refuseSize(width: number, height: number, source: PictureSource, frames = 1): Failure | null {
  const { file, format } = source;
  if (!(width > 0 && height > 0)) {
    return { kind: 'damagedPicture', file, format, problem: 'its header tells of no pixels' };
  }
  const limitMegapixels = Math.floor(source.maxPixels / 1e6);
  return width * height * frames > source.maxPixels
    ? { kind: 'pictureTooLarge', file, width, height, frames, limitMegapixels }
    : null;
}

/** Says no to a frame that is not there, or cannot be read: of `frames` in the file the first `readable` can. */
export function refuseFrame(
  frames: number,
  readable: number,
  { file, frame }: PictureSource,
): Failure | null {
  if (frame === 'all') return frames > readable ? { kind: 'noSuchFrame', file, frame: null, frames } : null;
  return frame < readable ? null : { kind: 'noSuchFrame', file, frame, frames: readable };
}
