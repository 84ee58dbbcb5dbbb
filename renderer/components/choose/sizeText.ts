import { formatCount, formatCounted } from '../../../shared/format';
import type { SelectionSize } from '../../../shared/registry/selectionForm';

/** How much work a selection is, in one line: `440 fits of 10 starts: 40 to all rows, 400 to predict the rest.` */
export function sizeText(size: SelectionSize): string {
  const { points, heldOut, references, resampled, drawnByTest, restarts } = size;
  const total = points + heldOut + references + resampled;
  const parts = [
    `${formatCount(points)} to all rows`,
    ...(heldOut > 0 ? [`${formatCount(heldOut)} to predict rows put aside`] : []),
    ...(references > 0 ? [`${formatCount(references)} for the gap`] : []),
    ...(resampled > 0 ? [`${formatCount(resampled)} for stability`] : []),
  ];
  const starts = `${formatCounted(total, 'fit')} of ${formatCounted(restarts, 'start')}`;
  const tests = drawnByTest > 0 ? ` and ${formatCount(drawnByTest)} for each bootstrap test` : '';
  return parts.length === 1 ? `${starts}${tests}.` : `${starts}: ${parts.join(', ')}${tests}.`;
}
