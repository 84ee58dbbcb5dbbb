import { assign } from '../../electron/engine/assignment';
import type { Params, Rows } from '../../electron/engine/model';
import { createModel } from '../../electron/engine/models/registry';
import { mostProbable } from '../../electron/engine/mostProbable';
import { createRandom } from '../../electron/engine/numeric/random';
import { scaleRows, standardising } from '../../electron/engine/scaling';
import { bootstrapP } from '../../electron/engine/selection/bootstrapTest';
import { GridWorker, splitCount, type FittedCell, type Grid } from '../../electron/engine/selection/cells';
import { gapCurve } from '../../electron/engine/selection/gap';
import { heldOutOf, type SplitScore } from '../../electron/engine/selection/heldOut';
import type { Workplace } from '../../electron/engine/selection/workplace';
import { runSpecification } from '../../shared/fit';
import { ofSize, modelOfAnySize, type ModelOfAnySize } from '../../shared/model';
import { gapRule, type GridCell, type GridPoint, type HeldOut } from '../../shared/selection';
import { calibrationOf, type Calibration } from './calibration';
import type { StudiedSet } from './rules';
import type { Scenario } from './scenarios';

/** Sets are cut short for tests. */
export interface StudySize {
  readonly most: number;
  readonly restarts: number;
  readonly references: number;
  readonly monteCarloSplits: number;
  /** Of a bootstrap test; null: not made. */
  readonly replicates: number | null;
}

export const studySize: StudySize = {
  most: 5,
  restarts: 3,
  references: 20,
  monteCarloSplits: 8,
  replicates: 39,
};

/** JASP compares 2 to 10 clusters. */
const mostKMeans = 10;

const never = (): boolean => false;
const studySeed = 2026;
const level = 0.05;

/** Draws one set of a scenario and lets every rule choose. Same scenario, set and size: same bits. */
export function runSet(
  scenario: Scenario,
  set: number,
  size: StudySize,
  workplaceOf: (n: number, d: number, components: number) => Workplace,
): StudiedSet {
  const { rows, group } = scenario.draw(createRandom(studySeed, scenario.name, set));
  scaleRows(rows, scenario.space, standardising(rows, scenario.space));
  const workplace = workplaceOf(rows.n, rows.d, mostKMeans + 1);
  const worker = (changes: Partial<Grid>): Worker =>
    new Worker(scenario, set, size, rows, workplace, changes);

  const folds = worker({ validation: { kind: 'folds', folds: 10, repeats: 1 } });
  const monteCarlo = worker({
    validation: { kind: 'monteCarlo', splits: size.monteCarloSplits, testShare: 0.5 },
  });
  const cells = folds.cells(true);
  const hasNumbers = scenario.space.every(({ kind }) => kind === 'number');
  const atTruth = bestAtTruth(cells, scenario.truth);
  return {
    scenario: scenario.name,
    set,
    cells: cells.map(({ cell }) => cell),
    monteCarlo: monteCarlo.cells(false).map(({ cell }) => cell),
    kMeans: hasNumbers
      ? worker({
          models: [modelOfAnySize.parse({ family: 'kmeans' })],
          components: { from: 1, to: mostKMeans },
        })
          .cells(true)
          .map(({ cell }) => cell)
      : null,
    gaps: hasNumbers ? gapsOf(worker({}), size) : {},
    bootstrapComponents: size.replicates === null ? null : bootstrapComponents(folds, cells, size),
    calibration: scenario.truth > 1 && atTruth ? calibrate(scenario, atTruth, rows, group, workplace) : null,
  };
}

interface StudiedCell {
  readonly cell: GridCell;
  readonly params: Params | null;
}

/** The work of a selection on one thread, in turn. */
class Worker {
  private readonly worker: GridWorker;
  private readonly grid: Grid;

  constructor(
    scenario: Scenario,
    set: number,
    size: StudySize,
    private readonly rows: Rows,
    workplace: Workplace,
    changes: Partial<Grid>,
  ) {
    const numbers = scenario.space.filter(({ kind }) => kind === 'number').length;
    this.grid = {
      models: scenario.models,
      components: { from: 1, to: size.most },
      space: scenario.space,
      start: { method: 'kmeans++' },
      starts: {},
      run: runSpecification.parse({ restarts: size.restarts, tolerance: 1e-5, seed: set + 1 }),
      validation: null,
      standardises: true,
      unit: new Float64Array(numbers).fill(1),
      shift: 0,
      gap: { references: size.references, power: 2, rule: 'tibshirani', box: 'principal' },
      bootstrapRestarts: size.restarts,
      ...changes,
    };
    this.worker = new GridWorker(this.grid, rows, workplace, never);
  }

  cells(hasFits: boolean): StudiedCell[] {
    const { from, to } = this.grid.components;
    return this.grid.models.flatMap((_, model) =>
      Array.from({ length: to - from + 1 }, (__, at) => this.cell({ model, components: from + at }, hasFits)),
    );
  }

  private cell(point: GridPoint, hasFit: boolean): StudiedCell {
    const splits = splitCount(this.grid, this.rows.n);
    const scores: SplitScore[] = [];
    for (let split = 0; split < splits; split++) {
      const found = this.worker.compute({ kind: 'heldOut', point, split });
      if (found?.kind === 'heldOut') scores.push(found.score);
    }
    const heldOut: HeldOut | null = splits > 0 ? heldOutOf(scores) : null;
    if (!hasFit) return { cell: { ...point, fit: null, heldOut, stability: null }, params: null };
    const fit = this.worker.compute({ kind: 'fit', point });
    if (fit?.kind !== 'fit') throw new Error('A fit is a fit.');
    return { cell: { ...point, fit: gridFitOf(fit), heldOut, stability: null }, params: paramsOf(fit) };
  }

  /** log W of the rows (null) or of a reference. */
  logWithin(reference: number | null): Float64Array {
    const found = this.worker.compute({ kind: 'gapReference', reference });
    if (found?.kind !== 'gapReference') throw new Error('A reference is a reference.');
    return found.logWithin;
  }

  ratio(point: GridPoint, params: Params, replicate: number): number | null {
    const found = this.worker.compute({ kind: 'bootstrapReplicate', point, params, replicate });
    return found?.kind === 'bootstrapReplicate' ? found.ratio : null;
  }
}

function paramsOf({ outcomes, bestRestart }: FittedCell): Params | null {
  const best = bestRestart === null ? null : outcomes[bestRestart];
  return best?.ok ? best.params : null;
}

function gridFitOf({
  outcomes,
  bestRestart,
  restartsAtBest,
  parameterCount,
  criteria,
}: FittedCell): GridCell['fit'] {
  const best = outcomes[bestRestart ?? 0];
  if (best.ok) {
    const { stopped, iterations } = best;
    return { outcome: { kind: 'fitted', stopped, iterations, parameterCount, criteria, restartsAtBest } };
  }
  if (best.failure.kind === 'interrupted') throw new Error('Nobody interrupts the study.');
  return { outcome: { kind: 'failed', failure: best.failure } };
}

function gapsOf(worker: Worker, size: StudySize): StudiedSet['gaps'] {
  const own = worker.logWithin(null);
  const references = Float64Array.from(
    Array.from({ length: size.references }, (_, b) => [...worker.logWithin(b)]).flat(),
  );
  return Object.fromEntries(
    gapRule.options.map((rule) => [rule, gapCurve(own, references, 1, rule)?.chosen]),
  );
}

/** The first K of the first model that is not rejected against K + 1; null: a fit failed on the way. */
function bootstrapComponents(worker: Worker, cells: readonly StudiedCell[], size: StudySize): number | null {
  const at = (components: number) =>
    cells.find(({ cell }) => cell.model === 0 && cell.components === components);
  const logLikelihood = (components: number): number | undefined => {
    const outcome = at(components)?.cell.fit?.outcome;
    return outcome?.kind === 'fitted' ? outcome.criteria.logLikelihood : undefined;
  };
  for (let components = 1; components < size.most; components++) {
    const [least, most] = [logLikelihood(components), logLikelihood(components + 1)];
    const params = at(components)?.params;
    if (least === undefined || most === undefined || !params) return null;
    const replicates = Array.from({ length: size.replicates ?? 0 }, (_, replicate) =>
      worker.ratio({ model: 0, components }, params, replicate),
    );
    if (bootstrapP(2 * (most - least), replicates).p.value > level) return components;
  }
  return size.most;
}

/** The fit with this many clusters that predicts best. */
function bestAtTruth(cells: readonly StudiedCell[], truth: number): StudiedCell | null {
  return cells
    .filter(({ cell, params }) => cell.components === truth && params !== null)
    .reduce<StudiedCell | null>((best, one) => (best && scoreOf(best) >= scoreOf(one) ? best : one), null);
}

const scoreOf = ({ cell }: StudiedCell): number => cell.heldOut?.score.value ?? -Infinity;

/** How often the most probable cluster is the right one, clusters matched to groups so that most rows are. */
function calibrate(
  { models, space, truth }: Scenario,
  { cell, params }: StudiedCell,
  rows: Rows,
  group: Int32Array,
  workplace: Workplace,
): Calibration | null {
  if (params === null) return null;
  const specification: ModelOfAnySize = models[cell.model];
  const model = createModel(ofSize(specification, truth), space, workplace.kernels);
  const memberships = new Float64Array(rows.n * truth);
  model.posterior(params, rows, 0, rows.n, memberships, new Float64Array(rows.n));
  const label = mostProbable(memberships, rows.n, truth);
  const cost = new Float64Array(truth * truth);
  for (let i = 0; i < rows.n; i++) cost[label[i] * truth + group[i]] -= 1;
  const groupOf = assign(cost, truth);
  return calibrationOf(
    Array.from(label, (own, i) => ({
      posterior: memberships[i * truth + own],
      isRight: groupOf[own] === group[i],
    })),
  );
}
