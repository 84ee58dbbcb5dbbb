import { z } from 'zod';
import { algorithmByName } from './algorithm';
import { familyTraits } from './families';
import type { FeatureKind } from './features';
import { fitSpecification, preparation, runSpecification, start, type FitSpecification } from './fit';
import { modelSpecification } from './model';
import { importOptions, isNumeric, type ColumnSummary, type ImportOptions } from './table';

/**
 * A fit as a file: what `npm start -- fit job.json` reads. Everything but the data file and the model has a
 * default. Numbers are in units of the data file; rows, labels and components count from 0.
 */
export const jobFile = z.strictObject({
  data: z.strictObject({
    /** Path of the table, relative to the job file. */
    file: z.string().min(1),
    ...preparation.shape,
    /** Names of columns; all that suit the model when left out. */
    features: preparation.shape.features.optional(),
    /** The file is read again in every epoch of an online fit and never held whole. */
    stream: z.boolean().default(false),
    /** How the file is to be read, where detection is not wanted. */
    import: importOptions.default({}),
  }),
  model: modelSpecification,
  start: z
    .union([
      start,
      /** Path of a result, relative to the job file: goes on from its parameters. */
      z.strictObject({ result: z.string().min(1) }),
    ])
    .default({ method: 'kmeans' }),
  run: z
    .strictObject({
      ...runSpecification.shape,
      /** Its name, or the whole with its settings. The family's own when left out. */
      algorithm: algorithmByName.optional(),
      /** 10, or 1 from a given start. */
      restarts: runSpecification.shape.restarts.removeDefault().optional(),
    })
    .prefault({}),
});
export type JobFile = z.infer<typeof jobFile>;

/** The job that describes a specification: of it, `jobSpecification` makes the same again. */
export function jobOf(
  { preparation: { features, ...columns }, model, start: from, run }: FitSpecification,
  file: string,
  imported: ImportOptions,
): z.input<typeof jobFile> {
  return { data: { file, features, ...columns, import: imported }, model, start: from, run };
}

/**
 * The specification a job describes, for a table whose suitable features are `suitable`. `start`: that of the job, or
 * the one made of the result it names.
 */
export function jobSpecification(
  job: JobFile,
  suitable: readonly string[],
  start: FitSpecification['start'],
): FitSpecification {
  const { restarts, ...run } = job.run;
  const { file: _file, import: _import, stream: _stream, features, ...rest } = job.data;
  return fitSpecification.parse({
    preparation: { ...rest, features: features ?? suitable },
    model: job.model,
    start,
    run: { ...run, restarts: restarts ?? ('method' in start ? undefined : 1) },
  });
}

/** What a job says that cannot go together, or null: where, and why. */
export function jobContradiction(job: JobFile): { path: string; problem: string } | null {
  const { family } = job.model;
  const algorithm = job.run.algorithm?.name;
  if (algorithm !== undefined && !familyTraits[family].algorithms.includes(algorithm))
    return {
      path: 'run.algorithm',
      problem: `a ${family} model runs as ${familyTraits[family].algorithms.map((name) => `"${name}"`).join(', ')}`,
    };
  if (!job.data.stream) return null;
  if (algorithm !== 'online')
    return { path: 'run.algorithm', problem: 'a stream is fitted by "online" only' };
  return job.data.features === undefined
    ? { path: 'data.features', problem: 'the features of a stream must be named' }
    : null;
}

/** So many whole numbers or fewer may be names of categories. By taste. */
const fewValues = 12;

/** What of a job says which columns suit it. */
interface SuitedJob {
  readonly model: Pick<JobFile['model'], 'family'>;
  readonly data: Pick<JobFile['data'], 'threshold'>;
}

/** The columns that suit the model of a job, when it names none: features by their suggested role and type. */
export function suitableFeatures(columns: readonly ColumnSummary[], { model, data }: SuitedJob): string[] {
  const { takes } = familyTraits[model.family];
  return columns
    .filter((column) => column.suggestedRole === 'feature' && isSuitable(column, takes, data.threshold))
    .map(({ name }) => name);
}

function isSuitable(
  { type, distinct }: ColumnSummary,
  takes: readonly FeatureKind[],
  threshold: number | undefined,
): boolean {
  const isDiscrete =
    type === 'boolean' || type === 'category' || (type === 'integer' && distinct <= fewValues);
  return (
    (takes.includes('number') && isNumeric(type)) ||
    (takes.includes('category') && isDiscrete) ||
    (takes.includes('yesNo') &&
      ((type !== 'number' && distinct === 2) ||
        type === 'boolean' ||
        (isNumeric(type) && threshold !== undefined)))
  );
}
