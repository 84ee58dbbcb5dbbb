import { z } from 'zod';
import { algorithmByName } from './algorithm';
import { defaultGrid } from './defaultGrid';
import { familyTraits } from './families';
import { kindFor } from './columnKinds';
import { runSpecification } from './fit';
import { jobFile, suitableFeatures } from './jobFile';
import { modelOfAnySize } from './model';
import { selectionSpecification, type SelectionSpecification } from './selection';
import type { ColumnSummary } from './table';

const { start, starts, validation, gap, bootstrapTest, stability } = selectionSpecification.shape;

/**
 * A selection as a file: what `npm start -- select job.json` reads. Everything but the data file has a default. Numbers
 * are in units of the data file; rows, labels, folds and components count from 0.
 */
export const selectionJob = z.strictObject({
  data: jobFile.shape.data.omit({ stream: true }),
  /** Those that suit the columns and their number when left out. */
  models: z.array(modelOfAnySize).min(1).max(50).optional(),
  components: z
    .strictObject({
      from: z.int().min(1).default(1),
      /** As many as the rows are enough for when left out. */
      to: z.int().min(1).max(1000).optional(),
    })
    .prefault({}),
  start,
  starts,
  run: z
    .strictObject({
      ...runSpecification.shape,
      algorithm: algorithmByName.optional(),
      /** 10 or, for many rows, fewer; 1 where all starts are given. */
      restarts: runSpecification.shape.restarts.removeDefault().optional(),
    })
    .prefault({}),
  /** 10 folds or, for many rows, fewer or none, when left out; null: nothing is held out. */
  validation: validation.removeDefault().optional(),
  /** 20 references where columns are numbers, when left out; null: none. */
  gap: gap.removeDefault().optional(),
  bootstrapTest,
  stability,
});
export type SelectionJob = z.infer<typeof selectionJob>;

/** A table as a job sees it. */
export interface JobTable {
  readonly columns: readonly ColumnSummary[];
  readonly rows: number;
}

/** The specification a job describes for a table; null when it names no features and none suits. */
export function selectionJobSpecification(
  job: SelectionJob,
  { columns, rows }: JobTable,
): SelectionSpecification | null {
  const features = job.data.features ?? featuresOf(job, columns);
  if (features.length === 0) return null;
  const chosen = features.flatMap((name) => {
    const column = columns.find((one) => one.name === name);
    return column ? [{ column, kind: job.data.kinds?.[name] ?? null }] : [];
  });
  const usual = defaultGrid(chosen, rows);
  const models = job.models ?? usual?.models;
  if (models === undefined) return null;
  const from = job.components.from;
  const to = job.components.to ?? Math.max(from, usual?.components.to ?? from);
  const { data, ...others } = job;
  const { file: _file, import: _import, ...preparation } = data;
  return selectionSpecification.parse({
    ...others,
    preparation: { ...preparation, features },
    models,
    components: { from, to },
    run: { ...job.run, restarts: job.run.restarts ?? (isGiven(job, from, to) ? 1 : usual?.restarts) },
    validation: job.validation === undefined ? usual?.validation : job.validation,
    gap: job.gap === undefined ? usual?.gap : job.gap,
  });
}

/** The features of a job that names none: those that suit its first model or, without one, any. */
function featuresOf({ data, models }: SelectionJob, columns: readonly ColumnSummary[]): string[] {
  const [first] = models ?? [];
  if (first !== undefined) return suitableFeatures(columns, { model: first, data });
  return columns
    .filter(
      (column) => column.suggestedRole === 'feature' && kindFor(column, familyTraits.mixed.takes) !== null,
    )
    .map(({ name }) => name);
}

/** Whether every fit begins at a given start, so that another restart would only repeat it. */
function isGiven({ start: usual, starts: own }: SelectionJob, from: number, to: number): boolean {
  for (let k = from; k <= to; k++) if ('method' in (own[k] ?? usual)) return false;
  return true;
}
