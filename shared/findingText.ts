import type { Finding } from './finding';
import { formatCount, formatCounted, formatNumber } from './format';

/** What speaks against a fit before it is run, in words; its remedies stand beside it. */
export function findingText(finding: Finding): string {
  switch (finding.kind) {
    case 'constantColumn':
      return `"${finding.column}" is the same in every row used, so it cannot tell rows apart.`;
    case 'emptyColumn':
      return `"${finding.column}" has no value in any row used.`;
    case 'duplicateColumns':
      return `${listed(finding.columns)} say the same, up to their units.`;
    case 'collinearColumn':
      return `"${finding.column}" follows exactly from the other columns.`;
    case 'fewRowsPerCluster':
      return `${formatCounted(finding.rows, 'row')} for ${formatCounted(finding.components, 'cluster')}, where the covariance of each takes at least ${formatCount(finding.needed)}.`;
    case 'fewDistinctRows':
      return `Only ${formatCounted(finding.distinct, 'distinct row')} for ${formatCounted(finding.components, 'cluster')}.`;
    case 'scalesApart':
      return `"${finding.widest}" varies ${formatNumber(finding.ratio, 2)} times as much as "${finding.narrowest}", and will decide alone.`;
    case 'farFromZero':
      return `"${finding.column}" lies so far from zero that the file keeps few digits of its differences.`;
  }
}

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''}`;
}
