import { z } from 'zod';
import { failure } from '../failure';
import { grantId } from '../ids';
import { paintingFormat } from './painting';
import { pictureFormat } from './pictureFacts';
import { colour, pictureQuality, type QuantisationSpecification } from './quantisation';

/** A file of a folder that looks like a picture by its beginning. */
export const folderPicture = z.object({ name: z.string(), sizeBytes: z.int(), format: pictureFormat });
export type FolderPicture = z.infer<typeof folderPicture>;

/** Pictures of a batch: those of a folder (names: only these), or files chosen one by one. */
export const batchSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), folder: grantId, names: z.array(z.string()).nullable() }),
  z.strictObject({ kind: z.literal('files'), files: z.array(grantId).min(1) }),
]);
export type BatchSource = z.infer<typeof batchSource>;

/** Each picture a palette of its own; one palette fitted to all of them together; or one that is given. */
export const batchPalette = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('own') }),
  z.strictObject({ kind: z.literal('shared') }),
  z.strictObject({
    kind: z.literal('given'),
    colours: z.array(colour).min(1).max(256),
    /** Of the colours, for what is written beside pictures; '': the one nobody chose. */
    names: z.array(z.string()).default([]),
  }),
]);
export type BatchPalette = z.infer<typeof batchPalette>;

/**
 * What is written beside each picture, under its name: numbers of colours as grey levels (` labels.png`), numbers of regions
 * (` regions.png`), a line for each connected region (` areas.csv`), a mask for each colour (` mask 0.png`), the palette
 * (`.gpl`).
 */
export const batchExtra = z.enum(['labelMap', 'regionMap', 'areas', 'masks', 'palette']);
export type BatchExtra = z.infer<typeof batchExtra>;

/** What became of one picture. */
const batchRow = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('done'),
    file: z.string(),
    /** The file written, in the folder of results. */
    written: z.string(),
    /** The files written beside it. */
    extras: z.array(z.string()),
    width: z.int(),
    height: z.int(),
    /** Of this size, in the one file. */
    frames: z.int().min(1),
    /** In the file that was read: more, where only one of them was painted. */
    framesInFile: z.int().min(1),
    colours: z.int(),
    bytesBefore: z.int(),
    bytesAfter: z.int(),
    quality: pictureQuality,
    distortion: z.number(),
    /** Whether a goal by quality or bytes was reached; null: colours were counted. */
    isGoalReached: z.boolean().nullable(),
  }),
  z.object({ kind: z.literal('failed'), file: z.string(), failure }),
]);
export type BatchRow = z.infer<typeof batchRow>;

export const batchEvent = z.discriminatedUnion('kind', [
  /** Of a shared palette: pictures whose colours were counted, before any is painted. */
  z.object({ kind: z.literal('counted'), done: z.int(), total: z.int() }),
  z.object({ kind: z.literal('started'), file: z.string(), total: z.int() }),
  z.object({ kind: z.literal('row'), row: batchRow, done: z.int(), total: z.int() }),
]);
export type BatchEvent = z.infer<typeof batchEvent>;

export const batchSummary = z.object({
  /** In the order of the files' names. */
  rows: z.array(batchRow),
  /** False: cancelled; what was written by then is whole and stays. */
  isComplete: z.boolean(),
  /** The table of all rows as CSV, in the folder of results. */
  summaryFile: z.string(),
  format: paintingFormat,
});
export type BatchSummary = z.infer<typeof batchSummary>;

/** Why one palette cannot be found for many pictures in this way; null: it can. */
export function notForAll({
  goal,
  spatialWeight,
  method,
}: QuantisationSpecification): 'goal' | 'places' | 'mixture' | null {
  if (goal.kind !== 'count') return 'goal';
  if (method === 'gaussian') return 'mixture';
  return spatialWeight > 0 ? 'places' : null;
}
