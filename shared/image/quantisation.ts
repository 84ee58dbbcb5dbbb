import { z } from 'zod';

/** A colour as files keep it: sRGB, 8 bits each; opacity 255 is opaque. Not premultiplied. */
export const colour = z.strictObject({
  red: z.int().min(0).max(255),
  green: z.int().min(0).max(255),
  blue: z.int().min(0).max(255),
  opacity: z.int().min(0).max(255).default(255),
});
export type Colour = z.infer<typeof colour>;

/** Where colours are compared: the textbook's distortion is that in `srgb`. */
export const colourSpace = z.enum(['srgb', 'linear', 'lab', 'oklab']);
export type ColourSpace = z.infer<typeof colourSpace>;

/** How many colours: so many; the fewest that are this good; the most that fit into so many bytes of the file saved. */
const colourGoal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count'), colours: z.int().min(1).max(256) }),
  z.strictObject({
    kind: z.literal('quality'),
    measure: z.enum(['psnr', 'ssim']),
    /** Decibels, or the structural similarity, at most 1. */
    atLeast: z.number().positive(),
  }),
  z.strictObject({ kind: z.literal('bytes'), atMost: z.int().min(100) }),
]);
export type ColourGoal = z.infer<typeof colourGoal>;

const strength = z.number().min(0).max(1).default(1);

/** How pixels are rounded to palette colours; `none`: each to the nearest, so that segments are what was fitted. */
export const dithering = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** To that of a neighbour where this adds little to the squared error: flat areas, for smaller files. */
  z.strictObject({
    kind: z.literal('flat'),
    /** The share of the squared error that all of them together may add. */
    errorGrowth: z.number().min(0).max(0.25).default(0.01),
  }),
  /** Error diffusion (Floyd and Steinberg, 1976). */
  z.strictObject({ kind: z.literal('floydSteinberg'), strength }),
  /** Bayer's matrix (1973) of 8 x 8. */
  z.strictObject({ kind: z.literal('ordered'), strength }),
  /** Void and cluster (Ulichney, 1993). */
  z.strictObject({ kind: z.literal('blueNoise'), strength }),
]);
export type Dithering = z.infer<typeof dithering>;

/** How long is looked for a palette, and for the smallest way to write a file. */
export const effort = z.enum(['thorough', 'quick']);
export type Effort = z.infer<typeof effort>;

/** What makes a quantisation repeatable. */
export const quantisationSpecification = z.strictObject({
  goal: colourGoal.default({ kind: 'count', colours: 16 }),
  space: colourSpace.default('srgb'),
  /** `gaussian`: a mixture of Gaussians, each pixel with its probability of every colour. */
  method: z.enum(['kmeans', 'gaussian']).default('kmeans'),
  /**
   * What the place of a pixel counts beside its colour, so that segments hold together: the width of the picture counts
   * as so many full ranges of a channel. 0: colours alone.
   */
  spatialWeight: z.number().min(0).max(10).default(0),
  /** Colours that stay as they are; the others are found around them. */
  locked: z.array(colour).max(256).default([]),
  dithering: dithering.default({ kind: 'none' }),
  /** `quick`: a palette about 1 % from the best, and files some 3 to 20 % larger, in a small part of the time. */
  effort: effort.default('thorough'),
  restarts: z.int().min(1).max(1000).default(8),
  seed: z.int().min(0).max(0xffffffff).default(1),
});
export type QuantisationSpecification = z.infer<typeof quantisationSpecification>;

/** A colour of a palette and the pixels that have it. */
export const swatch = z.object({
  colour,
  /** Pixels painted with it. */
  pixels: z.int(),
  isLocked: z.boolean(),
});
export type Swatch = z.infer<typeof swatch>;

/** How near a painted picture is to the original, from the pixels of the encoded file. */
export const pictureQuality = z.object({
  /** Mean square error over channels and pixels, in steps of 8 bits. */
  mse: z.number(),
  /** 10 log10(255^2 / mse), decibels; null: the pictures are equal. */
  psnr: z.number().nullable(),
  /** Mean structural similarity of the luminances (Wang et al., 2004), at most 1. */
  ssim: z.number(),
});
export type PictureQuality = z.infer<typeof pictureQuality>;
