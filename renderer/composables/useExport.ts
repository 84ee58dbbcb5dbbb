import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { ServiceClient } from '../../shared/contract/port';
import type { Desktop, SaveKind } from '../../shared/desktop';
import type { Failure } from '../../shared/failure';
import { formatBytes, formatCounted } from '../../shared/format';
import type { Result } from '../../shared/result';
import type { FinishedFit } from '../stores/fits';

/** What a file will hold, by the call that writes it. */
export type ExportCall = 'export.rows' | 'export.model';

export interface ExportRun {
  readonly isRunning: Readonly<ShallowRef<boolean>>;
  /** Share of the rows written; null where no honest number exists. */
  readonly fraction: Readonly<ShallowRef<number | null>>;
  /** What was written, in words; null before and while it is. */
  readonly written: Readonly<ShallowRef<string | null>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  /** Asks where to, then writes the file. */
  start(fit: FinishedFit, suggestedName: string): Promise<void>;
  cancel(): void;
}

const kinds: Record<ExportCall, SaveKind> = { 'export.rows': 'csv', 'export.model': 'json' };

/** Writes one kind of file of a fit, one at a time, and says what came of it. */
export function useExport(service: ServiceClient, desktop: Desktop, call: ExportCall): ExportRun {
  const isRunning = shallowRef(false);
  const fraction = shallowRef<number | null>(null);
  const written = shallowRef<string | null>(null);
  const failure = shallowRef<Failure | null>(null);
  let controller: AbortController | null = null;

  async function start(fit: FinishedFit, suggestedName: string): Promise<void> {
    if (isRunning.value) return;
    isRunning.value = true;
    const file = await desktop.chooseSave(suggestedName, kinds[call]);
    if (!file) {
      isRunning.value = false;
      return;
    }
    fraction.value = null;
    written.value = null;
    failure.value = null;
    controller = new AbortController();
    const body = { fit: fit.summary.fit, file: file.grant, clusterNames: fit.signs.map(({ name }) => name) };
    const answer: Result<{ bytes: number; rows?: number }, Failure> =
      call === 'export.rows'
        ? await service.call('export.rows', body, {
            signal: controller.signal,
            onEvent: (event) => {
              fraction.value = event.totalRows > 0 ? event.rows / event.totalRows : null;
            },
          })
        : await service.call('export.model', body, { signal: controller.signal });
    controller = null;
    isRunning.value = false;
    if (!answer.ok) {
      failure.value = answer.failure;
      return;
    }
    const { bytes, rows } = answer.value;
    const counted = rows === undefined ? '' : `${formatCounted(rows, 'row')}, `;
    written.value = `${counted}${formatBytes(bytes)} written to ${file.name}`;
  }

  function cancel(): void {
    controller?.abort();
  }

  onScopeDispose(cancel);
  return { isRunning, fraction, written, failure, start, cancel };
}
