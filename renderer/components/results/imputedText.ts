import type { FitFeature } from '../../../shared/features';
import { formatNumber, formatShare } from '../../../shared/format';

/**
 * What a model puts into a missing cell, in words: a number with its standard deviation, yes or a level with its
 * probability.
 *
 * value   mean, probability of "yes", or index of the level
 * spread  standard deviation; of a category, the probability of the level; NaN: none
 */
export function imputedText(feature: FitFeature, value: number, spread: number): string {
  switch (feature.kind) {
    case 'number':
      return Number.isNaN(spread)
        ? `≈ ${formatNumber(value)}`
        : `≈ ${formatNumber(value)} ± ${formatNumber(spread, 2)}`;
    case 'yesNo':
      return value >= 0.5
        ? `≈ ${feature.yes} (${formatShare(value)})`
        : `≈ ${feature.no} (${formatShare(1 - value)})`;
    case 'category':
      return `≈ ${feature.levels[value] ?? ''} (${formatShare(spread)})`;
  }
}
