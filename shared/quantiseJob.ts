import { z } from 'zod';
import { batchExtra, batchSummary } from './image/batch';
import type { FrameChoice } from './image/frames';
import { colourOfHex } from './image/hexColour';
import { paintingFormat } from './image/painting';
import { pictureScale } from './image/pictureScale';
import { quantisationSpecification, type QuantisationSpecification } from './image/quantisation';
import { segmentationSettings } from './image/segmentation';
import { resultFile } from './resultFile';

const hexColour = z.string().transform((text, context) => {
  const colour = colourOfHex(text);
  if (colour !== null) return colour;
  context.addIssue({ code: 'custom', message: `"${text}" is no colour; write it as #rrggbb` });
  return z.NEVER;
});

/** What is written beside each picture, as a job names it. */
const also = {
  labels: 'labelMap',
  regions: 'regionMap',
  areas: 'areas',
  masks: 'masks',
  palette: 'palette',
} as const;

/** A job of the command line: pictures, and what is made of them. */
export const quantiseJob = quantisationSpecification.extend({
  /** Files and folders, relative to the job. */
  pictures: z.array(z.string().min(1)).min(1),
  /** Of files that hold several pictures: the first, all with one palette, or which, from 1. */
  frames: z
    .union([z.enum(['first', 'all']), z.int().min(1)])
    .default('first')
    .transform((frames): FrameChoice => (frames === 'all' ? 'all' : frames === 'first' ? 0 : frames - 1)),
  locked: z.array(hexColour).max(256).default([]),
  /** `own`, `shared`, or the name of a palette file, relative to the job. */
  palette: z.string().min(1).default('own'),
  format: paintingFormat.default('png'),
  also: z
    .array(
      z
        .enum(['labels', 'regions', 'areas', 'masks', 'palette'])
        .transform((name) => batchExtra.parse(also[name])),
    )
    .default([]),
  segments: segmentationSettings.prefault({}),
  /** Of the table of areas; null: pixels alone. */
  scale: pictureScale.nullable().default(null),
});
export type QuantiseJob = z.infer<typeof quantiseJob>;

/** What of a job is said of every picture. */
export const quantiseJobSpecification = ({
  pictures: _pictures,
  frames: _frames,
  palette: _palette,
  format: _format,
  also: _also,
  segments: _segments,
  scale: _scale,
  ...specification
}: QuantiseJob): QuantisationSpecification => specification;

/** What the command line answers with `--json`. */
export const quantiseFile = z.object({
  format: z.literal('mixtura-quantise/1'),
  versions: resultFile.shape.versions,
  /** The job with every default filled in. */
  specification: quantisationSpecification,
  palette: z.string(),
  result: batchSummary,
});
export type QuantiseFile = z.infer<typeof quantiseFile>;
