import type { FitSummary } from '../../../shared/fit';
import { formatNumber } from '../../../shared/format';

/** One feature in one cluster, in units of the file. */
export interface ProfileCell {
  readonly mean: number;
  readonly sd: number;
  /** From the overall mean, in overall standard deviations. */
  readonly difference: number;
  /** Share of half the width of a cell, from 0 to 1. */
  readonly barLength: number;
  readonly differenceText: string;
}

export interface ProfileRow {
  readonly feature: string;
  readonly overall: { readonly mean: number; readonly sd: number };
  readonly clusters: readonly ProfileCell[];
}

const longestBar = 2; // by eye: standard deviations at which a bar is full; few cluster means lie beyond

/** The profile of a fit by feature, with the difference of each cluster from all rows. */
export function profileRows(summary: FitSummary): ProfileRow[] {
  return summary.specification.preparation.features.map((feature, j): ProfileRow => {
    const overall = { mean: summary.overall.mean[j] ?? NaN, sd: summary.overall.sd[j] ?? NaN };
    return {
      feature,
      overall,
      clusters: summary.profiles.map((profile): ProfileCell => {
        const mean = profile.mean[j] ?? NaN;
        const difference = overall.sd > 0 ? (mean - overall.mean) / overall.sd : 0;
        return {
          mean,
          sd: profile.sd[j] ?? NaN,
          difference,
          barLength: Number.isFinite(difference) ? Math.min(1, Math.abs(difference) / longestBar) : 0,
          differenceText: differenceText(difference),
        };
      }),
    };
  });
}

function differenceText(difference: number): string {
  if (!Number.isFinite(difference)) return 'No rows.';
  const size = formatNumber(Math.abs(difference), 2);
  if (Math.abs(difference) < 0.005) return 'As in all rows.';
  return `${size} standard deviations ${difference > 0 ? 'above' : 'below'} the mean of all rows.`;
}
