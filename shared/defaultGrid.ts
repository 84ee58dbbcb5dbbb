import { kindFor } from './columnKinds';
import { familyTraits } from './families';
import { formatCount, formatCounted } from './format';
import type { ModelOfAnySize } from './model';
import { covarianceRule } from './registry/covariances';
import type { ChosenFeature } from './registry/families';
import { gridModels } from './registry/gridModels';
import { gapOptions, type GapOptions, type Validation } from './selection';

/** What is compared when nobody says otherwise. */
export interface DefaultGrid {
  /** Of one family: the one that suits the features best. */
  readonly models: readonly ModelOfAnySize[];
  readonly components: { readonly from: 1; readonly to: number };
  readonly restarts: number;
  /** Null: there are so many rows that BIC says the same in a fraction of the time. */
  readonly validation: Validation | null;
  /** With numbers: whether rows are any tighter than evenly spread ones, which no likelihood says. */
  readonly gap: GapOptions | null;
  /** Why it is this grid, in a sentence or two. */
  readonly reason: string;
}

/** More clusters than that few people look at; they can ask for them. By taste. */
const mostClusters = 10;

/** With fewer rows for each cluster than that, on average, nothing can be said of one. By taste. */
const rowsOfCluster = 10;

/** With fewer distinct rows a cluster of numbers has no spread. */
const distinctRowsOfCluster = 2;

/** Multiplications that a grid may cost: a minute or two on two threads. By eye. */
const mostWork = 5e11;

/** References of the gap: enough to tell whether there are groups at all (`docs/selection-study.md`). */
const gapReferences = 20;

/** Iterations of a fit, about. */
const iterations = 40;

/** How thoroughly a grid is fitted and validated, the most thorough first; the first that is affordable is taken. */
const efforts: readonly { readonly restarts: number; readonly folds: number }[] = [
  { restarts: 10, folds: 10 },
  { restarts: 5, folds: 10 },
  { restarts: 3, folds: 10 },
  { restarts: 3, folds: 5 },
  { restarts: 3, folds: 0 },
];

/** The grid for these features of a table of so many rows; null when no model suits them. */
export function defaultGrid(features: readonly ChosenFeature[], rows: number): DefaultGrid | null {
  const candidates = gridModels(features);
  const family = candidates.at(0)?.model.family;
  if (features.length === 0 || family === undefined) return null;
  const common = candidates
    .filter(({ model, isCommon }) => isCommon && model.family === family)
    .map(({ model }) => model);
  const numbers = features.filter((feature) => kindOf(feature, common[0]) === 'number').length;
  const affordable = common.filter((model) => parametersOfTwo(model, numbers) < rows);
  const models = affordable.length > 0 ? affordable : common.slice(0, 1);
  const to = mostOf(features, models[0], rows);
  const work = workOf(models, features.length, rows, to);
  const effort =
    efforts.find(({ restarts, folds }) => work * restarts * (1 + folds) <= mostWork) ??
    efforts[efforts.length - 1];
  const { restarts, folds } = effort;
  return {
    models,
    components: { from: 1, to },
    restarts,
    validation: folds === 0 || rows < 2 ? null : { kind: 'folds', folds: Math.min(folds, rows), repeats: 1 },
    gap: numbers > 0 ? gapOptions.parse({ references: gapReferences }) : null,
    reason: reasonOf(to, rows, common.length - models.length, folds, restarts),
  };
}

const kindOf = ({ column, kind }: ChosenFeature, { family }: ModelOfAnySize) =>
  kind ?? kindFor(column, familyTraits[family].takes);

/** Parameters of means, weights and covariances of two clusters; a structure with more than rows is not tried. */
function parametersOfTwo(model: ModelOfAnySize, d: number): number {
  if (!('covariance' in model) || d === 0) return 0;
  const { volume, shape, orientation } = covarianceRule(model.covariance);
  const own = shape === 'sphere' ? 1 : orientation === 'axes' ? d : (d * (d + 1)) / 2;
  return 2 * d + 1 + (volume === 'varying' ? 2 : 1) * own;
}

/**
 * The largest K: at most `mostClusters`, with rows enough for each. Of yes/no columns and categories no more than can
 * be told apart: K clusters have K sum (C - 1) + K - 1 parameters, and the table of all answers only prod C - 1 cells
 * that are free (Goodman, 1974).
 */
function mostOf(features: readonly ChosenFeature[], model: ModelOfAnySize, rows: number): number {
  const cells = features.reduce((product, { column }) => product * Math.max(1, column.distinct), 1);
  const isDiscrete = features.every((feature) => kindOf(feature, model) !== 'number');
  const free = features.reduce((sum, { column }) => sum + Math.max(1, column.distinct) - 1, 1);
  const tellable = isDiscrete
    ? Math.floor(cells / free)
    : Math.floor(Math.min(rows, cells) / distinctRowsOfCluster);
  // One cluster alone would leave nothing to compare, and look like an answer.
  const enough = Math.max(2, Math.floor(rows / rowsOfCluster));
  return Math.max(1, Math.min(mostClusters, enough, tellable));
}

/** Multiplications of one restart of all fits to all rows, about. */
function workOf(models: readonly ModelOfAnySize[], d: number, rows: number, to: number): number {
  const each = models.map((model) => {
    const isFull = 'covariance' in model && covarianceRule(model.covariance).orientation !== 'axes';
    return isFull ? d * (d + 3) : 4 * d;
  });
  const clusters = (to * (to + 1)) / 2;
  return each.reduce((sum, products) => sum + products, 0) * clusters * rows * iterations;
}

function reasonOf(to: number, rows: number, dropped: number, folds: number, restarts: number): string {
  return [
    `K up to ${formatCount(to)} for ${formatCounted(rows, 'row')}.`,
    ...(dropped > 0 ? ['Shapes with more parameters than rows are left out.'] : []),
    ...(folds === 0 ? ['So many rows are not held out: BIC decides.'] : []),
    ...(folds > 0 && restarts < efforts[0].restarts ? ['Fewer starts, because there are many rows.'] : []),
  ].join(' ');
}
