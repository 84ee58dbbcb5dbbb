import { z } from 'zod';
import { grantId, paintingId, pictureId, segmentationId } from '../ids';
import {
  batchEvent,
  batchExtra,
  batchPalette,
  batchSource,
  batchSummary,
  folderPicture,
} from '../image/batch';
import {
  curvePoint,
  paintingFormat,
  paintingMeasures,
  paintingSummary,
  paletteEdit,
  precision,
  quantiseEvent,
} from '../image/painting';
import { frameChoice } from '../image/frames';
import { pictureRegion, pictureSummary, pictureView } from '../image/picture';
import { pictureFormat } from '../image/pictureFacts';
import { pictureScale } from '../image/pictureScale';
import { colour, colourSpace, dithering, effort, quantisationSpecification } from '../image/quantisation';
import { segment, segmentationSettings, segmentationSummary, segmentPick } from '../image/segmentation';

const noEvent = z.never();
const workEvent = z.object({ kind: z.literal('progress'), fraction: z.number().min(0).max(1) });

/** What is drawn of a picture. */
export const viewed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('original') }),
  z.strictObject({ kind: z.literal('painting'), painting: paintingId }),
  /** The painting with all colours of its palette but one faded. */
  z.strictObject({ kind: z.literal('colour'), painting: paintingId, at: z.int().nonnegative() }),
  /** Black where original and painting are equal, the brighter the more they differ; the view says what white is. */
  z.strictObject({ kind: z.literal('difference'), painting: paintingId }),
  /** Of a mixture: the probability of one colour of the palette at each pixel, black 0 to white 1. */
  z.strictObject({ kind: z.literal('probability'), painting: paintingId, at: z.int().nonnegative() }),
  /** The painting after small regions were merged; what is not picked is faded. */
  z.strictObject({
    kind: z.literal('segmentation'),
    segmentation: segmentationId,
    pick: segmentPick.nullable(),
  }),
]);
export type Viewed = z.infer<typeof viewed>;

/** What is written into a file. */
const pictureContent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('painting'), painting: paintingId, format: paintingFormat }),
  /** .gpl, .act, .ase, .css or .json by the end of the file's name; a name for each swatch. */
  z.strictObject({ kind: z.literal('palette'), painting: paintingId, names: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('segmentation'), segmentation: segmentationId, format: paintingFormat }),
  /** Numbers of colours, or of regions (at most 65,535 of them), as grey levels of 8 or 16 bits. */
  z.strictObject({
    kind: z.literal('labelMap'),
    segmentation: segmentationId,
    of: z.enum(['colours', 'regions']),
  }),
  z.strictObject({ kind: z.literal('mask'), segmentation: segmentationId, pick: segmentPick }),
  /** A line for each region, as CSV. */
  z.strictObject({
    kind: z.literal('areas'),
    segmentation: segmentationId,
    scale: pictureScale.nullable(),
    names: z.array(z.string()),
  }),
]);
export type PictureContent = z.infer<typeof pictureContent>;

/** The calls about pictures; part of the contract in messages.ts. */
export const pictureCalls = {
  /** What a file is by its first bytes; null: no picture. */
  'picture.recognise': {
    body: z.strictObject({ file: grantId }),
    event: noEvent,
    answer: z.object({ format: pictureFormat.nullable(), sizeBytes: z.int() }),
  },
  /** Decodes a picture of a file, or of a file of a folder; or all of the file's, to be painted with one palette. */
  'picture.open': {
    body: z.strictObject({
      file: grantId,
      name: z.string().optional(),
      frame: frameChoice.default(0),
    }),
    event: noEvent,
    answer: pictureSummary,
  },
  /** Its paintings and segmentations go with it. */
  'picture.close': { body: z.strictObject({ picture: pictureId }), event: noEvent, answer: z.object({}) },
  /**
   * Finds a palette and paints the picture with it. A later preview of the same picture takes the place of one under
   * way, which is cancelled. A goal by quality or bytes is looked for when exact; its preview is of 16 colours, and says
   * nothing of the goal. Dithered, pixels go by the palette alone, not by places or a mixture. Cancelling keeps nothing.
   */
  'picture.quantise': {
    body: z.strictObject({ picture: pictureId, specification: quantisationSpecification, precision }),
    event: quantiseEvent,
    answer: paintingSummary,
  },
  /**
   * Paints the picture with given colours, in their order; what is transparent stays so, by a colour more where they have
   * none for it. `locked`: they are kept by a later fit.
   */
  'picture.paintWith': {
    body: z.strictObject({
      picture: pictureId,
      colours: z.array(colour).min(1).max(256),
      space: colourSpace,
      dithering,
      effort: effort.default('thorough'),
      locked: z.boolean(),
    }),
    event: noEvent,
    answer: paintingSummary,
  },
  /** A new painting with a changed palette; the old one stays, so that it can be gone back to. */
  'painting.edit': {
    body: z.strictObject({ painting: paintingId, edit: paletteEdit }),
    event: noEvent,
    answer: paintingSummary,
  },
  'painting.forget': { body: z.strictObject({ painting: paintingId }), event: noEvent, answer: z.object({}) },
  /** A part of the picture, scaled down by means of pixels to at most `width` x `height`; never scaled up. */
  'picture.view': {
    body: z.strictObject({
      picture: pictureId,
      viewed,
      /** Of the frames that are open, from 0; `region` is of one frame. */
      frame: z.int().nonnegative().default(0),
      region: pictureRegion,
      width: z.int().min(1).max(8192),
      height: z.int().min(1).max(8192),
    }),
    event: noEvent,
    answer: pictureView,
  },
  /** Encodes, decodes and compares. */
  'painting.measure': {
    body: z.strictObject({ painting: paintingId, format: paintingFormat }),
    event: workEvent,
    answer: paintingMeasures,
  },
  /** Points of the curve as they come; `most`: up to so many colours. Cancelling keeps what is there. */
  'picture.curve': {
    body: z.strictObject({
      picture: pictureId,
      specification: quantisationSpecification,
      most: z.int().min(2).max(256).default(256),
    }),
    event: z.object({ kind: z.literal('point'), point: curvePoint, done: z.int(), total: z.int() }),
    answer: z.object({ points: z.array(curvePoint), isComplete: z.boolean() }),
  },
  /** The colours of a palette file, with their names or ''; `estimated`: how many are inks, which are only about so. */
  'palette.read': {
    body: z.strictObject({ file: grantId }),
    event: noEvent,
    answer: z.object({ colours: z.array(colour), names: z.array(z.string()), estimated: z.int() }),
  },
  'segments.find': {
    body: z.strictObject({ painting: paintingId, settings: segmentationSettings }),
    event: workEvent,
    answer: segmentationSummary,
  },
  /** Regions by area; `at`: of one colour. */
  'segments.list': {
    body: z.strictObject({
      segmentation: segmentationId,
      at: z.int().nonnegative().nullable(),
      first: z.int().nonnegative(),
      count: z.int().min(1).max(1000),
    }),
    event: noEvent,
    answer: z.object({ total: z.int(), segments: z.array(segment) }),
  },
  /** The region of a pixel. */
  'segments.at': {
    body: z.strictObject({
      segmentation: segmentationId,
      x: z.int().nonnegative(),
      y: z.int().nonnegative(),
    }),
    event: noEvent,
    answer: segment,
  },
  /** Written whole or not at all. */
  'picture.save': {
    body: z.strictObject({ file: grantId, content: pictureContent }),
    event: workEvent,
    answer: z.object({ bytes: z.number() }),
  },
  /** The pictures of a folder, by name; and how many other files are in it. */
  'folder.pictures': {
    body: z.strictObject({ folder: grantId }),
    event: noEvent,
    answer: z.object({ pictures: z.array(folderPicture), others: z.int() }),
  },
  /**
   * Quantises many pictures into a folder, with a table of what became of each. No file that is there is replaced, so
   * originals are never touched; what fails is listed and the others go on.
   */
  'folder.quantise': {
    body: z.strictObject({
      source: batchSource,
      into: grantId,
      /** Of files that hold several pictures. */
      frame: frameChoice.default(0),
      specification: quantisationSpecification,
      palette: batchPalette,
      format: paintingFormat,
      extras: z.array(batchExtra).default([]),
      /** Of the label maps and areas among the extras. */
      segments: segmentationSettings.prefault({}),
      scale: pictureScale.nullable().default(null),
    }),
    event: batchEvent,
    answer: batchSummary,
  },
} as const;
