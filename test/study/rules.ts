import {
  correctedChoice,
  pairedChoice,
  unpairedChoice,
  type ScoredPoint,
} from '../../electron/engine/selection/pairedChoice';
import { verdictOf } from '../../electron/engine/selection/verdict';
import {
  bestPoint,
  describeGridCriterion,
  standingOf,
  type GridCriterionName,
} from '../../shared/gridCriteria';
import type { GapCurve, GapRule, GridCell } from '../../shared/selection';
import type { Calibration } from './calibration';
import type { Scenario } from './scenarios';

/** What was computed of a set: all that rules see, so that a new rule needs no new fits. */
export interface StudiedSet {
  readonly scenario: string;
  readonly set: number;
  /** With fits and ten folds. */
  readonly cells: readonly GridCell[];
  /** With Monte-Carlo splits. */
  readonly monteCarlo: readonly GridCell[];
  /** k-means of standardised columns; null: there are no numbers alone. */
  readonly kMeans: readonly GridCell[] | null;
  readonly gaps: Readonly<Partial<Record<GapRule, number>>>;
  /** null: not made, or a fit failed on the way. */
  readonly bootstrapComponents: number | null;
  /** Of the fit with as many clusters as there are groups; null: there is none. */
  readonly calibration: Calibration | null;
}

export const rules = {
  verdict:
    'The verdict: ten folds, smallest within a paired standard error; 1 where ICL and the gap see no groups',
  paired: 'Ten folds, smallest within a paired standard error',
  corrected: 'Ten folds, smallest within a paired error for training sets that overlap',
  unpaired: 'Ten folds, smallest within a standard error (unpaired)',
  best: 'Ten folds, best',
  monteCarlo: 'Monte-Carlo (half held out), best',
  bic: 'BIC',
  aic: 'AIC',
  icl: 'ICL',
  gap: "Gap, the paper's rule",
  gapFirst: 'Gap, firstSEmax',
  gapGlobal: 'Gap, globalSEmax',
  silhouette: 'Silhouette of k-means (from 2)',
  jasp: "JASP's k-means BIC (from 2 to 10)",
  bootstrap: 'Bootstrap test of full covariance, or of the first model',
} as const;
export type Rule = keyof typeof rules;
export type Choices = Readonly<Record<Rule, number | null>>;

/** The number of clusters by each rule; null: the rule has none for this data. */
export function choicesOf(set: StudiedSet, { models, n, space }: Scenario): Choices {
  const components = rangeOf(set);
  const scored = scoredPoints(set.cells, set.cells);
  const best = (name: GridCriterionName, cells: readonly GridCell[] | null): number | null =>
    cells && (bestPoint(describeGridCriterion(name), cells)?.components ?? null);
  const inRange = set.kMeans?.filter((cell) => cell.components <= components.to) ?? null;
  return {
    verdict:
      verdictOf({
        models,
        components,
        cells: set.cells,
        gap: gapOf(set),
        bootstrapTests: [],
        level: 0.05,
      })?.chosen.components ?? null,
    paired: pairedChoice(scored)?.chosen.components ?? null,
    corrected: correctedChoice(scored, 1 / 10)?.chosen.components ?? null,
    unpaired: unpairedChoice(scored)?.chosen.components ?? null,
    best: pairedChoice(scored)?.best.components ?? null,
    monteCarlo: pairedChoice(scoredPoints(set.monteCarlo, set.cells))?.best.components ?? null,
    bic: best('bic', set.cells),
    aic: best('aic', set.cells),
    icl: best('icl', set.cells),
    gap: set.gaps.tibshirani ?? null,
    gapFirst: set.gaps.firstSEmax ?? null,
    gapGlobal: set.gaps.globalSEmax ?? null,
    silhouette: best('silhouette', inRange),
    jasp: set.kMeans && jaspComponents(set.kMeans, n, space.length),
    bootstrap: set.bootstrapComponents,
  };
}

/** What the verdict asks of the gap. */
function gapOf({ gaps }: StudiedSet): GapCurve | null {
  const { firstSEmax: chosen, globalSEmax: nearHighest } = gaps;
  return chosen === undefined || nearHighest === undefined ? null : { points: [], chosen, nearHighest };
}

function rangeOf({ cells }: StudiedSet): { from: number; to: number } {
  return { from: 1, to: cells.reduce((most, { components }) => Math.max(most, components), 1) };
}

/** Points with a score, of fits that can be ranked. */
function scoredPoints(cells: readonly GridCell[], fits: readonly GridCell[]): ScoredPoint[] {
  return cells.flatMap(({ model, components, heldOut }) => {
    const fit = fits.find((other) => other.model === model && other.components === components) ?? null;
    return heldOut && standingOf(fit) === 'ranked' ? [{ model, components, heldOut }] : [];
  });
}

/**
 * The number of clusters with the least WSS + ln(n) K d: what JASP calls the BIC of k-means, of columns standardised
 * with divisor n - 1 (ours have n). Written from its published source, not run there.
 */
function jaspComponents(kMeans: readonly GridCell[], n: number, d: number): number | null {
  const scores = kMeans.flatMap(({ components, fit }) => {
    const outcome = fit?.outcome;
    const distortion = outcome?.kind === 'fitted' ? outcome.criteria.distortion : undefined;
    return components < 2 || distortion === undefined
      ? []
      : [{ components, score: (distortion * (n - 1)) / n + Math.log(n) * components * d }];
  });
  return scores.length === 0 ? null : scores.reduce((a, b) => (b.score < a.score ? b : a)).components;
}
