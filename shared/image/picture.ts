import { z } from 'zod';
import { pictureId } from '../ids';
import { uint8Array } from '../typedArrays';
import { pictureFacts } from './pictureFacts';

/** An open picture, upright; of several frames each has this size. */
export const pictureSummary = z.object({
  picture: pictureId,
  fileName: z.string(),
  width: z.int(),
  height: z.int(),
  facts: pictureFacts,
  /** Frames that are open, and are painted with one palette. */
  frames: z.int().min(1),
  /** Distinct colours, without those of wholly transparent pixels. */
  colours: z.int(),
  transparentPixels: z.int(),
  /** Whether a pixel has an opacity between none and full. */
  isPartlyTransparent: z.boolean(),
});
export type PictureSummary = z.infer<typeof pictureSummary>;

/** A rectangle of pixels; `left` and `top` count from 0. */
export const pictureRegion = z.strictObject({
  left: z.int().nonnegative(),
  top: z.int().nonnegative(),
  width: z.int().positive(),
  height: z.int().positive(),
});
export type PictureRegion = z.infer<typeof pictureRegion>;

/** Part of a picture at the resolution of the screen. */
export const pictureView = z.object({
  width: z.int(),
  height: z.int(),
  /** height x width x 4: red, green, blue, opacity, not premultiplied. */
  rgba: uint8Array,
  /** Of a difference: the least that is shown as white, in steps of 8 bits. */
  white: z.int().min(1).max(255).optional(),
});
export type PictureView = z.infer<typeof pictureView>;
