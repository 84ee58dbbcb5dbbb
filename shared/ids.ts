import { z } from 'zod';

/**
 * Names of things the service owns. A grant stands for one path a person chose in a dialog, dropped on the
 * window or typed on the command line: the window never sees the path itself.
 */
export const grantId = z.string().min(1).brand<'GrantId'>();
export type GrantId = z.infer<typeof grantId>;

export const tableId = z.string().min(1).brand<'TableId'>();
export type TableId = z.infer<typeof tableId>;

export const fitId = z.string().min(1).brand<'FitId'>();
export type FitId = z.infer<typeof fitId>;

/** A run under way, named by whoever started it. */
export const runId = z.string().min(1).max(100).brand<'RunId'>();
export type RunId = z.infer<typeof runId>;

export const selectionId = z.string().min(1).brand<'SelectionId'>();
export type SelectionId = z.infer<typeof selectionId>;

/** A decoded picture. */
export const pictureId = z.string().min(1).brand<'PictureId'>();
export type PictureId = z.infer<typeof pictureId>;

/** A picture painted with a palette. */
export const paintingId = z.string().min(1).brand<'PaintingId'>();
export type PaintingId = z.infer<typeof paintingId>;

/** The connected regions of a painting. */
export const segmentationId = z.string().min(1).brand<'SegmentationId'>();
export type SegmentationId = z.infer<typeof segmentationId>;
