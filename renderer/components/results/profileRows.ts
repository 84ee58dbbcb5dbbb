import type { ClusterProfile, FitSummary } from '../../../shared/fit';
import { formatNumber, formatShare } from '../../../shared/format';
import type { Separation } from '../../../shared/results';
import type { ProfileLook } from '../../stores/resultsView';

/** One feature, or one level of it, in one cluster, in units of the file. */
export interface ProfileCell {
  /** Mean, median or share. */
  readonly text: string;
  /** Standard deviation or quartiles of a number; null: a share. */
  readonly spread: string | null;
  /** Of the mean or share from all rows: in standard deviations of a number, as a part of one for a share. */
  readonly difference: number;
  /** The difference as it is written into a heat map, and how strongly it is coloured, from -1 (below) to 1 (above). */
  readonly shortDifference: string;
  readonly heat: number;
  /** Where the bar of the cell begins and ends, as shares of its width. */
  readonly bar: { readonly from: number; readonly to: number };
  readonly differenceText: string;
}

export interface ProfileRow {
  readonly feature: string;
  /** What of the feature: the word for yes, or a level; null: the number itself. */
  readonly part: string | null;
  /** True for the first row of a feature. */
  readonly isFirst: boolean;
  /** How much the feature separates the clusters; null: not known (yet). */
  readonly bits: number | null;
  readonly overall: { readonly text: string; readonly spread: string | null };
  /** Where "all rows" stands in the bars. */
  readonly mark: number;
  readonly clusters: readonly ProfileCell[];
}

const longestBar = 2; // by eye: standard deviations at which a bar is full; few cluster means lie beyond
const fullShare = 0.5; // by eye: a share this far from all rows is coloured fully

/**
 * The profile of a fit by feature: means or medians of numbers, shares of yes and of every level, beside those of all
 * rows. `separation`: null while it is not known; then medians are blank and features in the order of the file.
 */
export function profileRows(
  summary: FitSummary,
  separation: Separation | null = null,
  { values, order }: Pick<ProfileLook, 'values' | 'order'> = { values: 'mean', order: 'file' },
): ProfileRow[] {
  const bits = new Map(separation?.features.map((one) => [one.feature, one.bits]));
  const places =
    separation !== null && order === 'separation'
      ? separation.features.map(({ feature }) => feature)
      : summary.features.map((_, feature) => feature);
  return places.flatMap((j) =>
    rowsOf(summary, j, values === 'median' ? medianOf(separation, j) : meanOf(j)).map((row) => ({
      ...row,
      bits: bits.get(j) ?? null,
    })),
  );
}

type NewRow = Omit<ProfileRow, 'bits'>;

function rowsOf({ features, profiles, overall }: FitSummary, j: number, middle: Middle): NewRow[] {
  const feature = features[j];
  switch (feature?.kind) {
    case undefined:
      return [];
    case 'number':
      return [numberRow(feature.name, j, profiles, overall, middle)];
    case 'yesNo':
      return [
        shareRow(
          feature.name,
          feature.yes,
          true,
          profiles.map((profile) => profile.mean[j]),
          overall.mean[j],
        ),
      ];
    case 'category':
      return feature.levels.map((level, l) =>
        shareRow(
          feature.name,
          level,
          l === 0,
          profiles.map((profile) => profile.levels[j]?.[l] ?? NaN),
          overall.levels[j]?.[l] ?? NaN,
        ),
      );
  }
}

/** What is written of a number in a cluster; -1: in all rows. */
type Middle = (
  profile: ClusterProfile,
  cluster: number,
) => { readonly text: string; readonly spread: string };

const meanOf =
  (j: number): Middle =>
  (profile) => ({ text: formatNumber(profile.mean[j]), spread: `± ${formatNumber(profile.sd[j], 3)}` });

const medianOf =
  (separation: Separation | null, j: number): Middle =>
  (_, cluster) => {
    const quartiles = cluster < 0 ? separation?.overallQuartiles : separation?.quartiles[cluster];
    const [low, median, high] = quartiles?.subarray(3 * j, 3 * j + 3) ?? [NaN, NaN, NaN];
    if (Number.isNaN(median)) return { text: '', spread: '' };
    return { text: formatNumber(median), spread: `${formatNumber(low, 3)} to ${formatNumber(high, 3)}` };
  };

function numberRow(
  feature: string,
  j: number,
  profiles: readonly ClusterProfile[],
  overall: ClusterProfile,
  middle: Middle,
): NewRow {
  const all = { mean: overall.mean[j], sd: overall.sd[j] };
  return {
    feature,
    part: null,
    isFirst: true,
    overall: middle(overall, -1),
    mark: 0.5,
    clusters: profiles.map((profile, cluster): ProfileCell => {
      const mean = profile.mean[j];
      const difference = all.sd > 0 ? (mean - all.mean) / all.sd : 0;
      return {
        ...middle(profile, cluster),
        difference,
        shortDifference: signed(difference, 'sd'),
        heat: within(difference / longestBar),
        bar: bar(0.5, 0.5 + difference / longestBar / 2),
        differenceText: numberDifferenceText(difference),
      };
    }),
  };
}

function shareRow(
  feature: string,
  part: string,
  isFirst: boolean,
  shares: readonly number[],
  overall: number,
): NewRow {
  return {
    feature,
    part,
    isFirst,
    overall: { text: shareText(overall), spread: null },
    mark: overall,
    clusters: shares.map((share): ProfileCell => {
      const difference = share - overall;
      return {
        text: shareText(share),
        spread: null,
        difference,
        shortDifference: signed(100 * difference, 'points'),
        heat: within(difference / fullShare),
        bar: bar(0, share),
        differenceText: shareDifferenceText(difference),
      };
    }),
  };
}

const within = (heat: number): number => (Number.isFinite(heat) ? Math.min(1, Math.max(-1, heat)) : 0);

/** `+1.3 sd`; nothing for a cluster without rows. */
function signed(difference: number, unit: string): string {
  if (!Number.isFinite(difference)) return '';
  const size = Math.abs(difference).toFixed(1);
  return `${size === '0.0' ? '' : difference > 0 ? '+' : '−'}${size} ${unit}`;
}

/** A bar between two places, kept within the cell; none for a cluster without rows. */
function bar(one: number, other: number): ProfileCell['bar'] {
  if (!Number.isFinite(other)) return { from: 0, to: 0 };
  const within = (place: number): number => Math.min(1, Math.max(0, place));
  return { from: within(Math.min(one, other)), to: within(Math.max(one, other)) };
}

function shareText(share: number): string {
  return Number.isNaN(share) ? '' : formatShare(share);
}

function numberDifferenceText(difference: number): string {
  if (!Number.isFinite(difference)) return 'No rows.';
  if (Math.abs(difference) < 0.005) return 'As in all rows.';
  const size = formatNumber(Math.abs(difference), 2);
  return `${size} standard deviations ${difference > 0 ? 'above' : 'below'} the mean of all rows.`;
}

function shareDifferenceText(difference: number): string {
  if (!Number.isFinite(difference)) return 'No rows.';
  if (Math.abs(difference) < 0.0005) return 'As in all rows.';
  const points = formatNumber(Math.abs(difference) * 100, 2);
  return `${points} percentage points ${difference > 0 ? 'above' : 'below'} all rows.`;
}
