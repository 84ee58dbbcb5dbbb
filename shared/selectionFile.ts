import { z } from 'zod';
import { fitFeature } from './features';
import { runSpecification } from './fit';
import { modelOfAnySize } from './model';
import { resultFile, type ResultFile } from './resultFile';
import {
  bootstrapTest,
  gapCurve,
  gridFit,
  gridPoint,
  modelWeight,
  selectionSpecification,
  verdict,
  type GridCell,
  type SelectionSummary,
} from './selection';
import { verdictText } from './selectionText';

/** null: not a number (there is none). -Infinity, of a row that is impossible, is written as text. */
const score = z.union([z.number(), z.literal('-Infinity'), z.null()]);

const {
  start,
  starts,
  validation,
  gap,
  bootstrapTest: testOptions,
  stability,
} = selectionSpecification.shape;

/** What a selection found, as a file. In units of the data file; models, rows, folds and clusters count from 0. */
export const selectionFile = z.object({
  format: z.literal('mixtura-selection/1'),
  versions: resultFile.shape.versions,
  data: z.object({
    file: z.string(),
    rows: z.int(),
    rowsUsed: z.int(),
    rowsLeftOut: z.int(),
    preparation: selectionSpecification.shape.preparation,
  }),
  features: z.array(fitFeature),
  models: z.array(modelOfAnySize),
  /** By model: the first one that takes the columns as it does; only among those are likelihoods compared. */
  columnsAs: z.array(z.int()),
  components: z.object({ from: z.int(), to: z.int() }),
  start,
  starts,
  run: runSpecification,
  validation,
  options: z.object({ gap, bootstrapTest: testOptions, stability }),
  /** The answer, and in words. */
  verdict: verdict.nullable(),
  text: z.string(),
  cells: z.array(
    gridPoint.extend({
      fit: gridFit.nullable(),
      heldOut: z
        .object({
          /** Mean log-likelihood of the held-out rows of each split; null: its fit failed. */
          mean: z.array(score),
          /** What they weigh; 0: it has not been done. */
          weight: z.array(z.number()),
          score: z.object({ value: score, standardError: score }),
          failed: z.int(),
          notConverged: z.int(),
        })
        .nullable(),
      /** Of each cluster. */
      stability: z.array(z.number()).nullable(),
    }),
  ),
  gap: gapCurve.nullable(),
  bootstrapTests: z.array(
    bootstrapTest.extend({ p: z.object({ value: z.number(), standardError: z.number() }) }),
  ),
  weights: z.array(modelWeight),
  /** False: it was stopped, and this is what was finished. */
  isComplete: z.boolean(),
  elapsedMs: z.number(),
});
export type SelectionFile = z.infer<typeof selectionFile>;

/** A selection as a document. */
export function selectionDocument(
  summary: SelectionSummary,
  table: { readonly fileName: string; readonly rows: number },
  versions: ResultFile['versions'],
): SelectionFile {
  const { specification } = summary;
  return {
    format: 'mixtura-selection/1',
    versions,
    data: {
      file: table.fileName,
      rows: table.rows,
      rowsUsed: summary.rowsUsed,
      rowsLeftOut: summary.rowsLeftOut,
      preparation: specification.preparation,
    },
    features: summary.features,
    models: specification.models,
    columnsAs: summary.columnsAs,
    components: specification.components,
    start: specification.start,
    starts: specification.starts,
    run: specification.run,
    validation: specification.validation,
    options: {
      gap: specification.gap,
      bootstrapTest: specification.bootstrapTest,
      stability: specification.stability,
    },
    verdict: summary.verdict,
    text: verdictText(summary.verdict, summary),
    cells: summary.cells.map(cellDocument),
    gap: summary.gap,
    bootstrapTests: summary.bootstrapTests,
    weights: summary.weights,
    isComplete: summary.isComplete,
    elapsedMs: summary.elapsedMs,
  };
}

function cellDocument({ heldOut, stability: similarity, ...rest }: GridCell): SelectionFile['cells'][number] {
  return {
    ...rest,
    heldOut: heldOut && {
      ...heldOut,
      mean: Array.from(heldOut.mean, scoreDocument),
      weight: [...heldOut.weight],
      score: {
        value: scoreDocument(heldOut.score.value),
        standardError: scoreDocument(heldOut.score.standardError),
      },
    },
    stability: similarity && [...similarity],
  };
}

function scoreDocument(value: number): z.infer<typeof score> {
  if (value === -Infinity) return '-Infinity';
  return Number.isFinite(value) ? value : null;
}
