import type { FitSummary } from '../../../shared/fit';
import { stopText } from '../../../shared/fitText';
import { formatCounted } from '../../../shared/format';
import { unusualWay } from '../../../shared/registry/specification';

/** What a run was set to and how it ended, in short: `4 features, standardised · 10 starts · converged after 7 iterations`. */
export function runSettingsText(summary: FitSummary): string {
  const { specification, restarts, stopped, iterations } = summary;
  const { preparation } = specification;
  const { features, weights } = preparation;
  const way = unusualWay(specification);
  const named = features.length <= 3 ? features.join(', ') : formatCounted(features.length, 'feature');
  return [
    named + scalingText(summary),
    ...(weights === undefined ? [] : [`weights ${weights}`]),
    ...(way === null ? [] : [way]),
    formatCounted(restarts.length, 'start'),
    stopText(stopped, iterations),
  ].join(' · ');
}

/** Only numbers are scaled. */
function scalingText({ features, specification }: FitSummary): string {
  const { scaling } = specification.preparation;
  if (scaling === 'none' || !features.some(({ kind }) => kind === 'number')) return '';
  return scaling === 'standardise' ? ', standardised' : ', scaled';
}
