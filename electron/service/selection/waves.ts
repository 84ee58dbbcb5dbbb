import { ofSize } from '../../../shared/model';
import type { BootstrapTest, GridPoint } from '../../../shared/selection';
import { canonicalOrder, relabel } from '../../engine/identity';
import type { Params } from '../../engine/model';
import { createModel } from '../../engine/models/registry';
import { resolvePrior } from '../../engine/models/resolvePrior';
import { bootstrapP, canBeDrawn } from '../../engine/selection/bootstrapTest';
import type { FittedCell } from '../../engine/selection/cells';
import { distinguishing } from '../summariseFit';
import type { SelectionRun, WorkingGroup } from './selectionRun';
import { sizesOf, type Work } from './work';

/** Tests of a model that are expected before one is not rejected. By eye. */
const usualTests = 2;

/** What the waves after the first may cost: they are expected from the beginning, though not yet known one by one. */
export function expectLater(run: SelectionRun): { readonly tests: number; readonly stability: number } {
  const { bootstrapTest, stability } = run.specification;
  const sizes = sizesOf(run.specification);
  let tests = 0;
  let resampled = 0;
  for (const { work, models } of run.groups)
    for (const model of models) {
      const isTested = run.specification.models[model].family !== 'kmeans';
      const tested = isTested ? sizes.slice(0, -1).slice(0, usualTests) : [];
      for (const components of tested)
        tests += (bootstrapTest?.replicates ?? 0) * work.bootstrapCost({ model, components });
      for (const components of sizes)
        resampled += (stability?.replicates ?? 0) * work.stabilityCost({ model, components });
    }
  run.estimate.expect(tests + resampled);
  return { tests, stability: resampled };
}

/** Fits, held-out scores and the references of the gap, of all groups. */
export async function fitAndScore(run: SelectionRun): Promise<void> {
  const { findings } = run;
  const all = run.groups.map((group) => ({ group, work: group.work.first() }));
  for (const { work } of all) for (const { cost } of work) run.estimate.expect(cost);
  for (const { group, work } of all)
    await run.perform(group, work, ({ cell }, result) => {
      if (cell.kind === 'fit' && result.kind === 'fit') findings.addFit(cell.point, result);
      if (cell.kind === 'heldOut' && result.kind === 'heldOut')
        findings.addScore(cell.point, cell.split, result.score);
      if (cell.kind !== 'gapReference' || result.kind !== 'gapReference') return;
      findings.addWithin(cell.reference, result.logWithin);
      const gap = findings.finishGap();
      if (gap !== null) run.emit({ kind: 'gap', gap });
    });
}

/**
 * Tests K against K + 1 of every model with a likelihood, from the smallest K until it is not rejected. Absent where
 * rows cannot be drawn from a model as these were.
 *
 * Source: McLachlan (1987); sequentially as mclust's `mclustBootstrapLRT`.
 */
export async function testLikelihoodRatios(run: SelectionRun): Promise<void> {
  const { bootstrapTest: options } = run.specification;
  if (options === null) return;
  for (const group of run.groups) {
    if (!canBeDrawn(group.prepared.rows)) continue;
    let testing = group.models.filter((model) => run.specification.models[model].family !== 'kmeans');
    for (const components of sizesOf(run.specification).slice(0, -1)) {
      const tests = testing.flatMap((model) => testAt(run, group, { model, components }, options.replicates));
      await performTests(run, group, tests);
      if (run.isCancelled) return;
      const found = tests.map(({ point, ratio, ratios }) => testOf(point, ratio, ratios));
      for (const test of found) {
        run.findings.tests.push(test);
        run.emit({ kind: 'bootstrapTest', test });
      }
      testing = found.filter(({ p }) => p.value <= options.level).map(({ model }) => model);
    }
  }
}

interface Test {
  readonly point: GridPoint;
  readonly ratio: number;
  readonly work: readonly Work[];
  /** By replicate. */
  readonly ratios: (number | null)[];
}

/** The test at a point, when both fits have a likelihood. */
function testAt(run: SelectionRun, group: WorkingGroup, point: GridPoint, replicates: number): Test[] {
  const smaller = run.findings.fitted(point);
  const larger = run.findings.fitted({ ...point, components: point.components + 1 });
  const params = smaller && bestParams(smaller);
  const [least, most] = [smaller, larger].map((fit) => fit?.criteria.logLikelihood);
  if (params === null || least === undefined || most === undefined) return [];
  const work = Array.from({ length: replicates }, (_, replicate) =>
    group.work.bootstrap({ kind: 'bootstrapReplicate', point, params, replicate }),
  );
  return [{ point, ratio: 2 * (most - least), work, ratios: [] }];
}

async function performTests(run: SelectionRun, group: WorkingGroup, tests: readonly Test[]): Promise<void> {
  const work = tests.flatMap((test) => test.work);
  for (const { cost } of work) run.estimate.expect(cost);
  await run.perform(group, work, ({ cell }, result) => {
    if (cell.kind !== 'bootstrapReplicate' || result.kind !== 'bootstrapReplicate') return;
    const test = tests.find(({ point }) => point.model === cell.point.model);
    if (test) test.ratios[cell.replicate] = result.ratio;
  });
}

const testOf = (point: GridPoint, ratio: number, ratios: readonly (number | null)[]): BootstrapTest => ({
  ...point,
  ratio,
  ...bootstrapP(ratio, ratios),
});

/** How well the clusters of every fit are found again in resampled rows. */
export async function measureStability(run: SelectionRun): Promise<void> {
  const { stability } = run.specification;
  if (stability === null) return;
  const all = run.groups.map((group) => ({
    group,
    work: sizesOf(run.specification).flatMap((components) =>
      group.models.flatMap((model) => stabilityAt(run, group, { model, components }, stability.replicates)),
    ),
  }));
  for (const { work } of all) for (const { cost } of work) run.estimate.expect(cost);
  for (const { group, work } of all)
    await run.perform(group, work, ({ cell }, result) => {
      if (cell.kind === 'stabilityReplicate' && result.kind === 'stabilityReplicate')
        run.findings.addSimilarity(cell.point, cell.replicate, result.similarity);
    });
}

function stabilityAt(run: SelectionRun, group: WorkingGroup, point: GridPoint, replicates: number): Work[] {
  const fit = run.findings.fitted(point);
  const params = fit && shownParams(group, point, fit);
  if (params === null) return [];
  return Array.from({ length: replicates }, (_, replicate) =>
    group.work.stability({ kind: 'stabilityReplicate', point, params, replicate }),
  );
}

function bestParams({ outcomes, bestRestart }: FittedCell): Params | null {
  const outcome = bestRestart === null ? null : outcomes[bestRestart];
  return outcome?.ok ? outcome.params : null;
}

/** The parameters of a fit, its components in the order in which they are shown. */
function shownParams(
  { prepared, grid }: WorkingGroup,
  { model, components }: GridPoint,
  fit: FittedCell,
): Params | null {
  const params = bestParams(fit);
  if (params === null || !('method' in (grid.starts[components] ?? grid.start)) || prepared.labels.length > 0)
    return params;
  const specification = resolvePrior(ofSize(grid.models[model], components), prepared.rows, prepared.space);
  const { shape } = createModel(specification, prepared.space);
  return relabel(params, shape, canonicalOrder(fit.size, distinguishing(params)));
}
