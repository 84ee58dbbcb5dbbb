import { criterionTexts, type CriterionText } from './fitText';
import type { Estimate, GapCurve, GridCell, GridCriteria, GridPoint, HeldOut } from './selection';

/** What points of a grid are compared by. */
export type GridCriterionName = 'heldOut' | keyof GridCriteria | 'gap' | 'stability';

/** A criterion as it is shown: what it is called, which direction is better, and its formula in one line. */
export interface GridCriterion extends CriterionText {
  readonly criterion: GridCriterionName;
  /** It gets better with every further cluster, whatever the rows: what tells is where it bends. */
  readonly isTrend: boolean;
}

const higher = 'higher is better';
const lower = 'lower is better';

/**
 * In the order they are shown. Sources: Smyth (2000); Schwarz (1978); Biernacki, Celeux and Govaert (2000);
 * Akaike (1974); Hurvich and Tsai (1989); Rousseeuw (1987); Tibshirani, Walther and Hastie (2001);
 * Calinski and Harabasz (1974); Davies and Bouldin (1979); Celeux and Soromenho (1996); Hennig (2007).
 */
export const gridCriteriaShown: readonly GridCriterion[] = [
  {
    criterion: 'heldOut',
    name: 'held-out log-likelihood',
    direction: higher,
    formula:
      'Mean log density of rows that took no part in the fit, per row, averaged over the splits; ± its standard error over them.',
    isTrend: false,
  },
  known('bic'),
  known('icl'),
  known('aic'),
  {
    criterion: 'aicc',
    name: 'AICc',
    direction: lower,
    formula: 'AIC + 2 p (p + 1) / (rows - p - 1) of p parameters: AIC corrected for few rows.',
    isTrend: false,
  },
  {
    criterion: 'silhouette',
    name: 'silhouette',
    direction: higher,
    formula:
      'Mean over rows of (b - a) / max(a, b): a is the mean distance to the own cluster, b that to the nearest other.',
    isTrend: false,
  },
  {
    criterion: 'gap',
    name: 'gap',
    direction: higher,
    formula:
      'ln W of k-means on rows without groups less ln W of these rows; W is the scatter within clusters. ± sd x sqrt(1 + 1 / B) of B such sets.',
    isTrend: false,
  },
  {
    criterion: 'calinskiHarabasz',
    name: 'Calinski-Harabasz',
    direction: higher,
    formula: '(scatter between clusters / (K - 1)) / (scatter within clusters / (rows - K))',
    isTrend: false,
  },
  {
    criterion: 'daviesBouldin',
    name: 'Davies-Bouldin',
    direction: lower,
    formula:
      'Mean over clusters of the worst (spread of one + spread of another) / distance of their centres.',
    isTrend: false,
  },
  {
    criterion: 'relativeEntropy',
    name: 'relative entropy',
    direction: higher,
    formula:
      '1 - (-sum of z ln z) / (rows x ln K) of the probabilities z of belonging: 1, every row is sure.',
    isTrend: false,
  },
  {
    criterion: 'stability',
    name: 'stability',
    direction: higher,
    formula:
      'Of the least stable cluster: mean Jaccard similarity with its nearest cluster in resampled rows. From 0.75 stable, below 0.6 not to be trusted.',
    isTrend: false,
  },
  { ...known('distortion'), isTrend: true },
  { ...known('logLikelihood'), isTrend: true },
];

function known(criterion: keyof typeof criterionTexts & keyof GridCriteria): GridCriterion {
  return { criterion, ...criterionTexts[criterion], isTrend: false };
}

/** The criterion of this name. */
export function describeGridCriterion(name: GridCriterionName): GridCriterion {
  const found = gridCriteriaShown.find(({ criterion }) => criterion === name);
  if (!found) throw new Error(`There is no criterion "${name}".`);
  return found;
}

/** A value, with its standard error where it has one. */
export type GridValue = Omit<Estimate, 'standardError'> & { readonly standardError: number | null };

/** The value of a criterion at a grid point; null: it has none, or not yet. The gap is of k-means alone. */
export function gridValue(name: Exclude<GridCriterionName, 'gap'>, cell: GridCell): GridValue | null {
  if (name === 'heldOut') return cell.heldOut?.score ?? null;
  if (name === 'stability')
    // A single cluster is always found again.
    return cell.stability && cell.stability.length > 1
      ? { value: cell.stability.reduce((a, b) => Math.min(a, b)), standardError: null }
      : null;
  const outcome = cell.fit?.outcome;
  if (outcome?.kind !== 'fitted') return null;
  const value = outcome.criteria[name];
  if (value === undefined) return null;
  return typeof value === 'number' ? { value, standardError: null } : value;
}

/** The gap of k-means with so many clusters. */
export function gapValue(gap: GapCurve | null, components: number): GridValue | null {
  const point = gap?.points.find((one) => one.components === components);
  return point ? { value: point.gap, standardError: point.standardError } : null;
}

/** Splits of a held-out score that are done, failed ones among them. */
export function splitsDone({ weight }: HeldOut): number {
  return weight.filter((one) => one > 0).length;
}

/** Whether a held-out score is of some splits only, as while a comparison runs or where it was cancelled. */
export function isProvisional({ heldOut }: GridCell): boolean {
  return heldOut !== null && splitsDone(heldOut) < heldOut.weight.length;
}

/** How far a grid point is, and whether it can be ranked. */
export type Standing = 'waiting' | 'ranked' | 'failed' | 'notConverged';

/** A failed fit, or one that has not converged, is never ranked as best. */
export function standingOf(cell: GridCell | null): Standing {
  const outcome = cell?.fit?.outcome;
  if (!outcome) return 'waiting';
  if (outcome.kind === 'failed') return 'failed';
  return outcome.stopped === 'converged' ? 'ranked' : 'notConverged';
}

/** Whether `value` is better than `than`. */
export function isBetter({ direction }: CriterionText, value: number, than: number): boolean {
  return direction === higher ? value > than : value < than;
}

const ofLikelihood: readonly GridCriterionName[] = ['heldOut', 'bic', 'icl', 'aic', 'aicc', 'logLikelihood'];

/** Whether a criterion is of a likelihood, so that it compares only models that take the columns alike. */
export function isOfLikelihood({ criterion }: GridCriterion): boolean {
  return ofLikelihood.includes(criterion);
}

/**
 * The ranked point where a criterion is best; null where there is none, or it only shows a trend. The cells must be of
 * models that the criterion can compare.
 */
export function bestPoint(criterion: GridCriterion, cells: readonly GridCell[]): GridPoint | null {
  const { criterion: name } = criterion;
  if (criterion.isTrend || name === 'gap') return null;
  let best: { point: GridPoint; value: number } | null = null;
  for (const cell of cells) {
    // Parts of the rows differ more than models do.
    if (name === 'heldOut' && isProvisional(cell)) continue;
    const value = standingOf(cell) === 'ranked' ? gridValue(name, cell)?.value : undefined;
    if (value === undefined || !Number.isFinite(value)) continue;
    if (best === null || isBetter(criterion, value, best.value))
      best = { point: { model: cell.model, components: cell.components }, value };
  }
  return best?.point ?? null;
}
