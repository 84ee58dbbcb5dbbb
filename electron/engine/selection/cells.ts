import type { RunSpecification, Start } from '../../../shared/fit';
import { ofSize, type ModelOfAnySize } from '../../../shared/model';
import type { GapOptions, GridCriteria, GridPoint, Validation } from '../../../shared/selection';
import type { Frame } from '../drive/frames';
import type { Outcome } from '../drive/run';
import type { FeatureSpace } from '../featureSpace';
import type { Params, Rows } from '../model';
import { createModel } from '../models/registry';
import { resolvePrior } from '../models/resolvePrior';
import { createRandom } from '../numeric/random';
import { mostProbable } from '../mostProbable';
import { bootstrapReplicate } from './bootstrapTest';
import { fitBest, type FitTask } from './fitBest';
import { measureFit } from './fitMeasures';
import { logWithinCurve } from './gap';
import { drawReference, referenceBox, referenceSize, type ReferenceBox } from './gapReference';
import { heldOutScore, type SplitScore } from './heldOut';
import { numberColumns } from './numberColumns';
import { copyRows } from './part';
import { planSplits, type SplitPlan } from './splits';
import { stabilityReplicate } from './stability';
import type { Workplace } from './workplace';

/** Numbers that are kept of how a fit went, for replay: 1 MB. By taste: a grid may have a hundred fits. */
const frameNumbers = 2 ** 17;

/** What all pieces of work of a grid have in common. Everything is in units of the fit. */
export interface Grid {
  readonly models: readonly ModelOfAnySize[];
  readonly components: { readonly from: number; readonly to: number };
  readonly space: FeatureSpace;
  readonly start: Start;
  /** A start of its own for some K, by K. */
  readonly starts: Readonly<Record<string, Start>>;
  readonly run: RunSpecification;
  readonly validation: Validation | null;
  /** Whether numbers are standardised by the training rows of each split. */
  readonly standardises: boolean;
  /** What one unit of each number column is in units of the file. */
  readonly unit: Float64Array;
  /** What a log-likelihood of all rows lacks to be one in units of the file. */
  readonly shift: number;
  readonly gap: GapOptions | null;
  /** Starts of every refit of a bootstrap test. */
  readonly bootstrapRestarts: number;
}

/** A piece of the work of a grid: done by one thread from beginning to end. */
export type Cell =
  | { readonly kind: 'fit'; readonly point: GridPoint }
  | { readonly kind: 'heldOut'; readonly point: GridPoint; readonly split: number }
  /** One reference of a gap curve, for every K; null: the rows themselves. */
  | { readonly kind: 'gapReference'; readonly reference: number | null }
  /** `params`: of the fit at this point. */
  | {
      readonly kind: 'bootstrapReplicate';
      readonly point: GridPoint;
      readonly params: Params;
      readonly replicate: number;
    }
  /** `params`: of the fit at this point, components in the order in which they are shown. */
  | {
      readonly kind: 'stabilityReplicate';
      readonly point: GridPoint;
      readonly params: Params;
      readonly replicate: number;
    };

/** The fit of a point to all rows: what a run on many threads finds, and what it amounts to. */
export interface FittedCell {
  readonly kind: 'fit';
  readonly outcomes: readonly Outcome[];
  readonly shortIterations: readonly number[];
  readonly bestRestart: number | null;
  readonly restartsAtBest: number;
  readonly frames: readonly Frame[];
  readonly parameterCount: number;
  /** Empty where the fit failed. */
  readonly criteria: GridCriteria;
  /** Sum of memberships of each component; empty where the fit failed. */
  readonly size: Float64Array;
}

export type CellResult =
  | FittedCell
  | { readonly kind: 'heldOut'; readonly score: SplitScore }
  /** log W for each K; NaN where there is none. */
  | { readonly kind: 'gapReference'; readonly logWithin: Float64Array }
  /** Null: a fit failed. */
  | { readonly kind: 'bootstrapReplicate'; readonly ratio: number | null }
  | { readonly kind: 'stabilityReplicate'; readonly similarity: Float64Array | null };

/** How many splits a grid of `n` rows has. */
export const splitCount = ({ validation, run }: Pick<Grid, 'validation' | 'run'>, n: number): number =>
  validation === null ? 0 : planSplits(validation, n, run.seed).count;

/** Does the pieces of work of one grid, whichever come; the result of each depends on the grid and the rows alone. */
export class GridWorker {
  private readonly splits: SplitPlan | null;
  private readonly numbers: Rows | null;
  private box: ReferenceBox | null = null;
  /** Of the point whose stability was asked for last. */
  private labels: { readonly params: Params; readonly label: Int32Array } | null = null;

  constructor(
    private readonly grid: Grid,
    private readonly rows: Rows,
    private readonly workplace: Workplace,
    private readonly isCancelled: () => boolean,
  ) {
    this.splits = grid.validation && planSplits(grid.validation, rows.n, grid.run.seed);
    this.numbers = grid.gap && numberColumns(rows, grid.space);
  }

  /** Null: cancelled. */
  compute(cell: Cell): CellResult | null {
    const result = this.resultOf(cell);
    // What a fit had found when it was cancelled is not what it would have found.
    return this.isCancelled() ? null : result;
  }

  private resultOf(cell: Cell): CellResult | null {
    switch (cell.kind) {
      case 'fit':
        return this.fit(cell.point);
      case 'heldOut':
        return this.heldOut(cell.point, cell.split);
      case 'gapReference':
        return this.gapReference(cell.reference);
      case 'bootstrapReplicate':
        return { kind: cell.kind, ratio: this.bootstrapReplicate(cell) };
      case 'stabilityReplicate':
        return { kind: cell.kind, similarity: this.stabilityReplicate(cell) };
    }
  }

  private taskOf({ model, components }: GridPoint): FitTask {
    const { models, space, run, start, starts } = this.grid;
    return { model: ofSize(models[model], components), space, run, start: starts[components] ?? start };
  }

  private fit(point: GridPoint): CellResult {
    const { grid, workplace, isCancelled } = this;
    const rows = copyRows(this.rows, workplace.place);
    const { model, outcome, ...fit } = fitBest(this.taskOf(point), rows, workplace.kernels, isCancelled, {
      kMeans: workplace.kMeansPasses(rows, point.components),
      frameNumbers,
    });
    const { shift, run } = grid;
    const isHard = run.algorithm?.name === 'hard';
    const measured = outcome.ok
      ? measureFit({ model, outcome, isHard, shift, seed: run.seed }, rows)
      : { criteria: {}, size: new Float64Array(0) };
    return { kind: 'fit', ...fit, parameterCount: model.parameterCount(), ...measured };
  }

  private heldOut(point: GridPoint, split: number): CellResult | null {
    const { grid, rows, splits, workplace, isCancelled } = this;
    if (splits === null) throw new Error('The grid has no splits.');
    const task = { ...this.taskOf(point), standardises: grid.standardises, unit: grid.unit };
    const score = heldOutScore(task, rows, splits.split(split), workplace, isCancelled);
    return score && { kind: 'heldOut', score };
  }

  private gapReference(reference: number | null): CellResult | null {
    const { grid, numbers, workplace, isCancelled } = this;
    const { gap, components, run } = grid;
    if (gap === null || numbers === null) throw new Error('The grid has no gap.');
    this.box ??= referenceBox(numbers, gap.box);
    const drawn =
      reference === null
        ? numbers
        : drawReference(this.box, referenceSize(numbers), createRandom(run.seed, 'gap', reference));
    const rows = copyRows({ ...drawn, label: undefined }, workplace.place);
    const { algorithm: _ofTheModels, ...kMeansRun } = run;
    const logWithin = logWithinCurve(
      { components, power: gap.power, run: kMeansRun },
      rows,
      workplace.kernels,
      isCancelled,
      (k) => workplace.kMeansPasses(rows, k),
    );
    return logWithin && { kind: 'gapReference', logWithin };
  }

  private bootstrapReplicate({ point, params, replicate }: Extract<Cell, { kind: 'bootstrapReplicate' }>) {
    const { grid, rows, workplace, isCancelled } = this;
    const run = { ...grid.run, restarts: grid.bootstrapRestarts };
    const smaller = { ...this.taskOf(point), run };
    const larger = { ...this.taskOf({ ...point, components: point.components + 1 }), run };
    const setting = { smaller, larger, params, rows, seed: run.seed };
    return bootstrapReplicate(setting, replicate, workplace, isCancelled);
  }

  private stabilityReplicate({ point, params, replicate }: Extract<Cell, { kind: 'stabilityReplicate' }>) {
    const { rows, workplace, isCancelled } = this;
    const task = this.taskOf(point);
    if (this.labels?.params !== params) this.labels = { params, label: this.labelsOf(task, params) };
    const { label } = this.labels;
    const setting = { task, rows, label, seed: task.run.seed };
    return stabilityReplicate(setting, replicate, workplace, isCancelled);
  }

  private labelsOf({ model: specification, space }: FitTask, params: Params): Int32Array {
    const { rows, workplace } = this;
    const model = createModel(resolvePrior(specification, rows, space), space, workplace.kernels);
    const memberships = new Float64Array(rows.n * model.components);
    model.posterior(params, rows, 0, rows.n, memberships, new Float64Array(rows.n));
    return mostProbable(memberships, rows.n, model.components);
  }
}
