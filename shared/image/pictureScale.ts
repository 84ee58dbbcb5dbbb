import { z } from 'zod';

/** What a pixel is in the world: set by the person, from a ruler in the picture or the instrument. */
export const pictureScale = z.strictObject({
  /** Along a side of a pixel; pixels are square. */
  pixelsPerUnit: z.number().positive(),
  /** Of length, as it is written: mm, µm, m. */
  unit: z.string().trim().min(1).max(20),
});
export type PictureScale = z.infer<typeof pictureScale>;

/** A length of pixels in the scale's unit. */
export const lengthInUnits = (pixels: number, { pixelsPerUnit }: PictureScale): number =>
  pixels / pixelsPerUnit;

/** An area of pixels in the square of the scale's unit. */
export const areaInUnits = (pixels: number, { pixelsPerUnit }: PictureScale): number =>
  pixels / pixelsPerUnit / pixelsPerUnit;

/** The unit of areas, as it is written: mm². */
export const areaUnit = ({ unit }: PictureScale): string => `${unit}²`;
