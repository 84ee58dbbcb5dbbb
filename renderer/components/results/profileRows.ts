import type { ClusterProfile, FitSummary } from '../../../shared/fit';
import { formatNumber, formatShare } from '../../../shared/format';

/** One feature, or one level of it, in one cluster, in units of the file. */
export interface ProfileCell {
  /** Mean, or share. */
  readonly text: string;
  /** Standard deviation of a number; null: a share. */
  readonly spread: string | null;
  /** From all rows: in standard deviations of a number, as a part of one for a share. */
  readonly difference: number;
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
  readonly overall: { readonly text: string; readonly spread: string | null };
  /** Where "all rows" stands in the bars. */
  readonly mark: number;
  readonly clusters: readonly ProfileCell[];
}

const longestBar = 2; // by eye: standard deviations at which a bar is full; few cluster means lie beyond

/** The profile of a fit by feature: means of numbers, shares of yes and of every level, beside those of all rows. */
export function profileRows(summary: FitSummary): ProfileRow[] {
  const { features, profiles, overall } = summary;
  return features.flatMap((feature, j): ProfileRow[] => {
    switch (feature.kind) {
      case 'number':
        return [numberRow(feature.name, j, profiles, overall)];
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
  });
}

function numberRow(
  feature: string,
  j: number,
  profiles: readonly ClusterProfile[],
  overall: ClusterProfile,
): ProfileRow {
  const all = { mean: overall.mean[j], sd: overall.sd[j] };
  return {
    feature,
    part: null,
    isFirst: true,
    overall: { text: formatNumber(all.mean), spread: formatNumber(all.sd, 3) },
    mark: 0.5,
    clusters: profiles.map((profile): ProfileCell => {
      const mean = profile.mean[j];
      const difference = all.sd > 0 ? (mean - all.mean) / all.sd : 0;
      return {
        text: formatNumber(mean),
        spread: formatNumber(profile.sd[j], 3),
        difference,
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
): ProfileRow {
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
        bar: bar(0, share),
        differenceText: shareDifferenceText(difference),
      };
    }),
  };
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
