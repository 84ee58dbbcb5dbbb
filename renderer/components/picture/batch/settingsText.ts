import { formatBytes, formatCounted, formatNumber } from '../../../../shared/format';
import type { ColourGoal, QuantisationSpecification } from '../../../../shared/image/quantisation';
import { ditheringTexts, methodTexts, spaceTexts } from '../quantisationText';

/** How many colours, in words: `16 colours`. */
function goalWords(goal: ColourGoal): string {
  if (goal.kind === 'count') return formatCounted(goal.colours, 'colour');
  if (goal.kind === 'bytes') return `at most ${formatBytes(goal.atMost)}`;
  return goal.measure === 'psnr'
    ? `${formatNumber(goal.atLeast)} dB or more`
    : `SSIM of ${formatNumber(goal.atLeast)} or more`;
}

/** How pictures are quantised, in a line: `16 colours, sRGB, k-means`. A given palette has its colours already. */
export function settingsText(specification: QuantisationSpecification, isPaletteGiven: boolean): string {
  const { goal, space, method, spatialWeight, dithering, effort } = specification;
  return [
    ...(isPaletteGiven ? [] : [goalWords(goal)]),
    spaceTexts[space].name,
    ...(isPaletteGiven || method === 'kmeans' ? [] : [methodTexts[method].name]),
    ...(spatialWeight > 0 ? [`places ${formatNumber(spatialWeight)}`] : []),
    ...(dithering.kind === 'none' ? [] : [ditheringTexts[dithering.kind].name]),
    ...(effort === 'quick' ? ['quick'] : []),
  ].join(', ');
}
