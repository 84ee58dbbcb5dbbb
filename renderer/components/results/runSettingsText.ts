import type { FitSummary } from '../../../shared/fit';
import { stopText } from '../../../shared/fitText';
import { formatCounted } from '../../../shared/format';

/** What a run was set to and how it ended, in short: `4 features, standardised · 10 starts · converged after 7 iterations`. */
export function runSettingsText({ specification, restarts, stopped, iterations }: FitSummary): string {
  const { preparation, run } = specification;
  const { features, scaling, weights } = preparation;
  const scaled = typeof scaling === 'object' ? ', scaled' : scaling === 'standardise' ? ', standardised' : '';
  const named = features.length <= 3 ? features.join(', ') : formatCounted(features.length, 'feature');
  return [
    named + scaled,
    ...(weights === undefined ? [] : [`weights ${weights}`]),
    ...(run.algorithm === undefined ? [] : [run.algorithm.name]),
    formatCounted(restarts.length, 'start'),
    stopText(stopped, iterations),
  ].join(' · ');
}
