import type { FitFeature } from './features';
import { formatCount, formatCounted, formatNumber } from './format';
import { isolated } from './isolated';
import type { ClusterRules, RuleCondition, SmallestMove } from './results';

/** A rule in words: `Petal.Length < 2.5 and sex = female`. */
export function ruleText(conditions: readonly RuleCondition[], features: readonly FitFeature[]): string {
  return conditions.map((condition) => conditionText(condition, features)).join(' and ');
}

function conditionText(condition: RuleCondition, features: readonly FitFeature[]): string {
  const feature = features[condition.feature];
  const name = isolated(feature?.name ?? '');
  if (condition.kind === 'level')
    return `${name} ${condition.isNot ? '≠' : '='} ${feature ? isolated(levelText(feature, condition.level)) : ''}`;
  const { from, below } = condition;
  if (from === null) return `${name} < ${exactText(below)}`;
  return below === null
    ? `${name} ≥ ${exactText(from)}`
    : `${exactText(from)} ≤ ${name} < ${exactText(below)}`;
}

/** Bounds are chosen with few digits; rounding them again would change which rows they hold for. */
const exactText = (bound: number | null): string => (bound === null ? '' : String(bound));

/** Which rows a set of rules speaks of. */
export function ruleRowsText({ foundOn, measuredOn, isHeldOut }: ClusterRules): string {
  return isHeldOut
    ? `Found on ${formatCounted(foundOn, 'row')} drawn at random within each cluster, measured on ${formatCount(measuredOn)} others.`
    : `Found and measured on the same ${formatCounted(foundOn, 'row')}, because a cluster has too few to halve them: on new rows it may do worse.`;
}

/** What would move a row into its second-best cluster: `Petal.Width: 1.7 → 1.55`. */
export function moveText({ feature, from, to }: SmallestMove, features: readonly FitFeature[]): string {
  const own = features[feature];
  if (!own) return '';
  return own.kind === 'number'
    ? `${isolated(own.name)}: ${formatNumber(from)} → ${closeText(from, to)}`
    : `${isolated(own.name)}: ${isolated(levelText(own, from))} → ${isolated(levelText(own, to))}`;
}

/** With as many digits as it takes to see that it is another number. */
function closeText(from: number, to: number): string {
  for (let digits = 4; digits < 12; digits++)
    if (formatNumber(to, digits) !== formatNumber(from, digits)) return formatNumber(to, digits);
  return formatNumber(to, 12);
}

/** `level`: of a category its place among the levels; of yes/no 1 for yes, 0 for no. */
function levelText(feature: FitFeature, level: number): string {
  switch (feature.kind) {
    case 'number':
      return formatNumber(level);
    case 'yesNo':
      return level === 1 ? feature.yes : feature.no;
    case 'category':
      return feature.levels[level] ?? '';
  }
}

/** Bits to two decimals. */
export function formatBits(bits: number): string {
  return bits.toFixed(2);
}
