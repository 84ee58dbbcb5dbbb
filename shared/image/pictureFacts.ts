import { z } from 'zod';

/** What a file of a picture is, by its bytes. */
export const pictureFormat = z.enum(['png', 'jpeg', 'webp', 'gif', 'bmp', 'tiff', 'avif']);
export type PictureFormat = z.infer<typeof pictureFormat>;

/** The names of the formats as they are written. */
export const pictureFormatName: Readonly<Record<PictureFormat, string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  gif: 'GIF',
  bmp: 'BMP',
  tiff: 'TIFF',
  avif: 'AVIF',
};

/** What was in the file of a picture, and what was done so that it became 8-bit sRGB, upright. */
export const pictureFacts = z.object({
  format: pictureFormat,
  sizeBytes: z.int(),
  /** Pixels a row and rows as they are stored, before turning. */
  storedWidth: z.int(),
  storedHeight: z.int(),
  /** EXIF: 1 is upright; 2 to 8 were turned or mirrored. */
  orientation: z.int().min(1).max(8),
  /** The name of the colour profile that was converted to sRGB; null: none, or sRGB itself. */
  profile: z.string().nullable(),
  /** What the file notes of its colours and is not applied, in words: they were taken as sRGB. */
  unapplied: z.string().nullable(),
  /** The decoder met faults that it could go on after: parts may be wrong. */
  hasFaults: z.boolean(),
  colours: z.enum(['colour', 'grey', 'cmyk']),
  /** Bits a channel as they are stored; more than 8 were reduced to their upper 8. */
  bits: z.int(),
  hasOpacity: z.boolean(),
  /** Pictures in the file. */
  frames: z.int().min(1),
  /** Which of them was read, from 0; null: all. */
  frame: z.int().nonnegative().nullable(),
});
export type PictureFacts = z.infer<typeof pictureFacts>;

/** Whether others of the pictures in a file can be read: of an animated PNG only the first is. */
export const hasReadableFrames = ({ format, frames }: Pick<PictureFacts, 'format' | 'frames'>): boolean =>
  frames > 1 && format !== 'png';
