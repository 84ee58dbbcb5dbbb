import { shallowRef, type ShallowRef } from 'vue';
import type { ServiceClient } from '../../../shared/contract/port';
import type { GrantedFile } from '../../../shared/desktop';
import type { Failure } from '../../../shared/failure';
import type { ImportOptions, TablePreview } from '../../../shared/table';

export interface PreviewAsking {
  readonly preview: Readonly<ShallowRef<TablePreview | null>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  readonly isAsking: Readonly<ShallowRef<boolean>>;
  /** Reads the first rows as `options` say. */
  ask(file: GrantedFile, options: ImportOptions): Promise<void>;
  /** Drops whatever is still to come. */
  stop(): void;
}

/**
 * The first rows of a file as it would be read. Only the answer to the latest question counts: older ones are
 * cancelled, and dropped if they come all the same.
 */
export function usePreview(service: ServiceClient): PreviewAsking {
  const preview = shallowRef<TablePreview | null>(null);
  const failure = shallowRef<Failure | null>(null);
  const isAsking = shallowRef(false);
  let run = 0;
  let controller = new AbortController();

  function stop(): void {
    run++;
    controller.abort();
    isAsking.value = false;
  }

  return {
    preview,
    failure,
    isAsking,
    stop,
    async ask(file, options) {
      stop();
      const mine = run;
      controller = new AbortController();
      isAsking.value = true;
      const { signal } = controller;
      const result = await service.call('table.preview', { file: file.grant, options }, { signal });
      if (mine !== run) return;
      isAsking.value = false;
      failure.value = result.ok ? null : result.failure;
      // A failed reading leaves the preview before it in place, so that the form stays usable.
      if (result.ok) preview.value = result.value;
    },
  };
}
