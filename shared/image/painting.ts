import { z } from 'zod';
import { paintingId, pictureId } from '../ids';
import { float64Array } from '../typedArrays';
import { colour, dithering, pictureQuality, quantisationSpecification, swatch } from './quantisation';

/** `preview`: within 300 ms, some per cent from the best. */
export const precision = z.enum(['preview', 'exact']);
export type Precision = z.infer<typeof precision>;

/** How the palette of a painting was found. */
const paletteFit = z.object({
  /**
   * Sum over all pixels of the square of the distance to their centre, in the space of the specification, before
   * centres are rounded to 8 bits (J; Bishop, 2006, eq. 9.1); with places where they count.
   */
  distortion: z.number(),
  /** The distortion as it fell, or the log-likelihood of a mixture as it rose, from the start of the best restart. */
  trace: float64Array,
  objective: z.enum(['distortion', 'logLikelihood']),
  /** Restarts that came within 0.1 % of the best. */
  restartsAtBest: z.int(),
  converged: z.boolean(),
});
export type PaletteFit = z.infer<typeof paletteFit>;

/** A number of colours that was tried for a goal: decibels (null: equal pictures), structural similarity, or bytes. */
const triedColours = z.object({ colours: z.int(), value: z.number().nullable() });
export type TriedColours = z.infer<typeof triedColours>;

/** A picture painted with a palette. The numbers of its colours are their places in `swatches`. */
export const paintingSummary = z.object({
  painting: paintingId,
  picture: pictureId,
  precision,
  /** What it was painted by; space and dithering hold for a palette that was edited or given too. */
  specification: quantisationSpecification,
  swatches: z.array(swatch),
  /** What each swatch is called until a person names it: words of `colourName`, which several may share. */
  names: z.array(z.string()),
  /** null: the palette was edited or given. */
  fit: paletteFit.nullable(),
  /** Of a goal by quality or bytes: whether it is reached, else this is the best there is. null: by count. */
  goal: z.object({ isReached: z.boolean(), best: triedColours, tried: z.array(triedColours) }).nullable(),
  /** Bits that tell its colours apart. */
  bitsPerPixel: z.int(),
});
export type PaintingSummary = z.infer<typeof paintingSummary>;

/** What is heard of a fit under way. */
export const quantiseEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('step'),
    phase: z.enum(['restart', 'exchange', 'exact']),
    restart: z.int(),
    distortion: z.number(),
  }),
  z.object({ kind: z.literal('trial'), tried: triedColours }),
]);
export type QuantiseEvent = z.infer<typeof quantiseEvent>;

/** A change of a palette. Places are those of swatches. */
export const paletteEdit = z.discriminatedUnion('kind', [
  /** Another colour, which the next fit keeps. */
  z.strictObject({ kind: z.literal('recolour'), at: z.int().nonnegative(), colour }),
  /** `at` null: all of them. */
  z.strictObject({ kind: z.literal('lock'), at: z.int().nonnegative().nullable(), isLocked: z.boolean() }),
  /** Two become their mean. */
  z.strictObject({ kind: z.literal('merge'), one: z.int().nonnegative(), other: z.int().nonnegative() }),
  /** Its pixels go to the nearest of the others. */
  z.strictObject({ kind: z.literal('remove'), at: z.int().nonnegative() }),
  /** The same colours and locks, painted with another dithering; how they were found stays known. */
  z.strictObject({ kind: z.literal('dither'), dithering }),
]);
export type PaletteEdit = z.infer<typeof paletteEdit>;

/** The files a painting can be saved as: numbers of colours and a palette, or every pixel's colour. */
export const paintingFormat = z.enum(['png', 'gif', 'fullPng', 'webp']);
export type PaintingFormat = z.infer<typeof paintingFormat>;

/** What a painting comes to as a file: everything is taken from the encoded file, decoded again. */
export const paintingMeasures = z.object({
  format: paintingFormat,
  bytes: z.int(),
  /** Bits a pixel: 8 bytes / pixels. */
  fileBitsPerPixel: z.number(),
  /** Bits of a palette number in the file; null: the file has no palette. */
  bitDepth: z.int().nullable(),
  /** Distinct colours in it. */
  colours: z.int(),
  quality: pictureQuality,
  /** Sum over pixels of the square of the distance between original and file, in the space of the painting. */
  distortion: z.number(),
});
export type PaintingMeasures = z.infer<typeof paintingMeasures>;

/** What a picture of so many colours comes to. */
export const curvePoint = z.object({
  /** As many as were asked for; a picture may have fewer. */
  colours: z.int(),
  bitsPerPixel: z.int(),
  /** Of an indexed PNG. */
  bytes: z.int(),
  quality: pictureQuality,
  distortion: z.number(),
});
export type CurvePoint = z.infer<typeof curvePoint>;
