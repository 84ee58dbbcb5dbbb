import { z } from 'zod';
import { paintingId, segmentationId } from '../ids';
import { pictureRegion } from './picture';
import { colour } from './quantisation';

/** How connected regions are found. */
export const segmentationSettings = z.strictObject({
  /** Regions of fewer pixels join a neighbour; 1: none does. */
  smallest: z.int().min(1).max(100_000_000).default(1),
  /** Pixels that share a side (4), or also those that share a corner (8). */
  connectivity: z.union([z.literal(4), z.literal(8)]).default(4),
});
export type SegmentationSettings = z.infer<typeof segmentationSettings>;

/** What one colour of the palette covers; a mean colour is that of the original. */
const colourCover = z.object({
  colour,
  pixels: z.int(),
  share: z.number(),
  regions: z.int(),
  meanColour: colour.nullable(),
});
export type ColourCover = z.infer<typeof colourCover>;

/** The connected regions of a painting after small ones were merged. Regions are numbered by area, the largest 0. */
export const segmentationSummary = z.object({
  segmentation: segmentationId,
  painting: paintingId,
  settings: segmentationSettings,
  regions: z.int(),
  /** In the order of the palette. */
  covers: z.array(colourCover),
});
export type SegmentationSummary = z.infer<typeof segmentationSummary>;

/** A connected region. */
export const segment = z.object({
  region: z.int(),
  /** Place of its colour in the palette. */
  at: z.int(),
  pixels: z.int(),
  share: z.number(),
  /** Of the original, 8 bits a channel. */
  meanColour: colour,
  box: pictureRegion,
  /** Mean place of its pixels. */
  centroidX: z.number(),
  centroidY: z.number(),
  /** Length of its outline, pixels. */
  perimeter: z.number(),
});
export type Segment = z.infer<typeof segment>;

/** Some of a segmentation: a region, all regions of a colour. */
export const segmentPick = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('region'), region: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal('colour'), at: z.int().nonnegative() }),
]);
export type SegmentPick = z.infer<typeof segmentPick>;
