import { bestPoint, describeGridCriterion, standingOf } from '../../../shared/gridCriteria';
import type { ModelOfAnySize } from '../../../shared/model';
import type {
  BootstrapTest,
  GapCurve,
  GridCell,
  GridPoint,
  Verdict,
  VerdictRemark,
  VerdictRule,
} from '../../../shared/selection';
import { pairedChoice, type Choice } from './pairedChoice';

/** A grid as far as it has become known. */
export interface ComparedGrid {
  readonly models: readonly ModelOfAnySize[];
  readonly components: { readonly from: number; readonly to: number };
  readonly cells: readonly GridCell[];
  readonly gap: GapCurve | null;
  readonly bootstrapTests: readonly BootstrapTest[];
  /** At which the tests reject. */
  readonly level: number;
  /** By model, what its columns are taken as: likelihoods are compared among equals. Absent: all take them alike. */
  readonly columnsAs?: readonly string[];
}

/** A cluster that is found again less well than this is pointed out (Hennig, 2007). */
const stable = 0.75;

/** What a rule says before anything speaks for or against it. */
interface Answer {
  readonly chosen: GridPoint;
  readonly rule: VerdictRule;
  readonly choice: Choice | null;
}

/**
 * How many clusters, by the first of these rules that can be applied; null when none can. Only converged fits are
 * ranked. Where models take their columns differently, the verdict is among those that take them as the first does of
 * which a fit can be ranked.
 *
 * 1. Held-out log-likelihood: the smallest K within one paired standard error of the best, by the model that is best
 *    at that K (`pairedChoice`). K = 1 is one of them.
 * 2. Nothing was held out: the lowest BIC.
 *    Either way the answer is 1 where both ICL and the gap of k-means say so: several components may be needed to
 *    describe one group that is no normal, as evenly spread rows are.
 * 3. k-means alone: the K that the gap statistic chooses by its rule.
 * 4. The largest silhouette, which knows no K = 1.
 *
 * `docs/choosing-k.md` says why, `docs/selection-study.md` how often each is right.
 */
export function verdictOf(grid: ComparedGrid): Verdict | null {
  const compared = comparableCells(grid);
  const likely = byLikelihood(compared);
  const answer = withoutGroups(likely, compared, grid) ?? likely ?? byGap(grid) ?? bySilhouette(grid.cells);
  if (answer === null) return null;
  return {
    chosen: answer.chosen,
    rule: answer.rule,
    remarks: [
      ...remarksOfChoice(answer.choice),
      ...(answer.rule === 'noGroups' && likely !== null
        ? [{ kind: 'componentsWithoutGroups' as const, components: likely.chosen.components }]
        : []),
      ...otherCriteria(answer, compared, grid),
      ...lastTest(answer.chosen, grid),
      ...rangeEdge(answer.chosen, grid),
      ...unstableClusters(answer.chosen, grid.cells),
      ...leftOut(grid.cells),
    ],
  };
}

const pointOf = ({ model, components }: GridPoint): GridPoint => ({ model, components });

/** Cells of models whose likelihoods can be compared: those that take the columns as the first that can be ranked. */
function comparableCells({ models, cells, columnsAs }: ComparedGrid): readonly GridCell[] {
  const mixtures = cells.filter(({ model }) => models[model].family !== 'kmeans');
  const first = mixtures
    .filter((cell) => standingOf(cell) === 'ranked')
    .reduce((least, { model }) => Math.min(least, model), Infinity);
  if (columnsAs === undefined || first === Infinity) return mixtures;
  return mixtures.filter(({ model }) => columnsAs[model] === columnsAs[first]);
}

function byLikelihood(cells: readonly GridCell[]): Answer | null {
  const scored = cells.flatMap((cell) =>
    standingOf(cell) === 'ranked' && cell.heldOut !== null ? [{ ...cell, heldOut: cell.heldOut }] : [],
  );
  const choice = pairedChoice(scored);
  if (choice !== null) return { chosen: pointOf(choice.chosen), rule: 'pairedStandardError', choice };
  const chosen = bestPoint(describeGridCriterion('bic'), cells);
  return chosen && { chosen, rule: 'bic', choice: null };
}

/**
 * One cluster in place of several, where neither ICL (no clusters that rows can be told to belong to) nor the gap (rows
 * no tighter than evenly spread ones) sees groups; null: no reason for that.
 */
function withoutGroups(
  likely: Answer | null,
  compared: readonly GridCell[],
  { gap }: ComparedGrid,
): Answer | null {
  if (likely === null || likely.chosen.components === 1 || gap?.nearHighest !== 1) return null;
  if (bestPoint(describeGridCriterion('icl'), compared)?.components !== 1) return null;
  const single = byLikelihood(compared.filter(({ components }) => components === 1));
  return single && { chosen: single.chosen, rule: 'noGroups', choice: null };
}

function byGap({ gap, models, cells }: ComparedGrid): Answer | null {
  const chosen = cells.find(
    (cell) =>
      models[cell.model].family === 'kmeans' &&
      cell.components === gap?.chosen &&
      standingOf(cell) === 'ranked',
  );
  return chosen ? { chosen: pointOf(chosen), rule: 'gap', choice: null } : null;
}

function bySilhouette(cells: readonly GridCell[]): Answer | null {
  const chosen = bestPoint(describeGridCriterion('silhouette'), cells);
  return chosen && { chosen, rule: 'silhouette', choice: null };
}

function remarksOfChoice(choice: Choice | null): VerdictRemark[] {
  if (choice === null) return [];
  const { best, chosen, comparison } = choice;
  const { difference, splits, leftOut } = comparison;
  return [
    ...(best === chosen ? [] : [{ kind: 'withinError' as const, best: pointOf(best), difference }]),
    ...(leftOut === 0 ? [] : [{ kind: 'splitsLeftOut' as const, leftOut, splits: splits + leftOut }]),
  ];
}

/** Whether the criteria that did not decide choose the same K; those that know no K = 1 have no say about it. */
function otherCriteria({ chosen, rule }: Answer, compared: readonly GridCell[], grid: ComparedGrid) {
  const best = (criterion: 'bic' | 'icl' | 'aic' | 'silhouette', cells: readonly GridCell[]) =>
    bestPoint(describeGridCriterion(criterion), cells)?.components ?? null;
  const decides: readonly string[] = rule === 'noGroups' ? ['icl', 'gap'] : [rule];
  const found = [
    { criterion: 'bic', components: best('bic', compared) },
    { criterion: 'icl', components: best('icl', compared) },
    { criterion: 'aic', components: best('aic', compared) },
    { criterion: 'gap', components: grid.gap?.chosen ?? null },
    {
      criterion: 'silhouette',
      components:
        chosen.components === 1 ? null : best('silhouette', compared.length > 0 ? compared : grid.cells),
    },
  ] as const;
  return found.flatMap(({ criterion, components }): VerdictRemark[] => {
    if (components === null || decides.includes(criterion)) return [];
    return components === chosen.components
      ? [{ kind: 'agrees', criterion }]
      : [{ kind: 'disagrees', criterion, components }];
  });
}

function lastTest({ model }: GridPoint, { bootstrapTests, level }: ComparedGrid): VerdictRemark[] {
  const [last] = bootstrapTests
    .filter((test) => test.model === model)
    .sort((a, b) => b.components - a.components);
  if (last === undefined) return [];
  const { components, p } = last;
  return [{ kind: 'bootstrapTest', components, p, isRejected: p.value <= level }];
}

function rangeEdge({ components }: GridPoint, { components: { from, to } }: ComparedGrid): VerdictRemark[] {
  if (components === to) return [{ kind: 'rangeEdge', edge: 'largest', components }];
  return components === from && from > 1 ? [{ kind: 'rangeEdge', edge: 'smallest', components }] : [];
}

function unstableClusters(chosen: GridPoint, cells: readonly GridCell[]): VerdictRemark[] {
  const own = cells.find(
    ({ model, components }) => model === chosen.model && components === chosen.components,
  );
  return [...(own?.stability ?? [])].flatMap((stability, cluster): VerdictRemark[] =>
    stability < stable ? [{ kind: 'unstableCluster', cluster, stability }] : [],
  );
}

function leftOut(cells: readonly GridCell[]): VerdictRemark[] {
  const failed = cells.filter((cell) => standingOf(cell) === 'failed').length;
  const notConverged = cells.filter((cell) => standingOf(cell) === 'notConverged').length;
  return failed + notConverged === 0 ? [] : [{ kind: 'leftOut', failed, notConverged }];
}
