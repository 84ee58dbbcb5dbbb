import { computed, type ComputedRef } from 'vue';
import type { RowSample } from '../../../../shared/resultCharts';
import { formatCounted, formatCount } from '../../../../shared/format';
import type { ServiceClient } from '../../../../shared/contract/port';
import type { FitId } from '../../../../shared/ids';
import { useLatestAnswer, type LatestAnswer } from '../../../composables/useLatestAnswer';
import { useRowSelection } from '../../../stores/rowSelection';

export interface ShownSample extends LatestAnswer<RowSample> {
  /** 1 for each row of it that is selected; null: none is. */
  readonly isSelected: ComputedRef<Uint8Array | null>;
  /** How many rows are shown of how many. */
  readonly note: ComputedRef<string>;
}

/** Some rows of the fit shown with all their cells, at most `limit`, and which of them are selected. */
export function useRowSample(service: ServiceClient, fit: () => FitId, limit: number): ShownSample {
  const selection = useRowSelection();
  const latest = useLatestAnswer(fit, (id, signal) =>
    service.call('fit.sample', { fit: id, limit }, { signal }),
  );
  const isSelected = computed(() => {
    const all = selection.isSelected;
    const sample = latest.answer.value;
    return all === null || !sample ? null : Uint8Array.from(sample.row, (row) => all[row] ?? 0);
  });
  const note = computed(() => {
    const sample = latest.answer.value;
    if (!sample) return '';
    return sample.row.length < sample.total
      ? `A random sample: ${formatCount(sample.row.length)} of ${formatCounted(sample.total, 'row')}.`
      : `All ${formatCounted(sample.total, 'row')}.`;
  });
  return { ...latest, isSelected, note };
}
