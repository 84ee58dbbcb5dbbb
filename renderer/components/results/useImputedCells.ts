import { shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import type { CallAnswer } from '../../../shared/contract/messages';
import type { ServiceClient } from '../../../shared/contract/port';
import type { Failure } from '../../../shared/failure';
import type { FitSummary } from '../../../shared/fit';
import { createBlockCache, type BlockCache } from '../table/blockCache';
import { imputedText } from './imputedText';

export interface ImputedCells {
  /** Changes whenever cells have come. */
  readonly version: Readonly<ShallowRef<number>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  /** What the model puts into a missing cell, by index of the feature; undefined: nothing, or not here yet. */
  imputed(row: number, feature: number): string | undefined;
  /** Says which rows are in view. */
  want(firstRow: number, endRow: number): void;
}

/** What a fit puts into the missing cells of the rows in view, fetched in blocks; nothing where none is missing. */
export function useImputedCells(
  service: ServiceClient,
  fit: Ref<FitSummary>,
  rows: () => number,
): ImputedCells {
  const version = shallowRef(0);
  const failure = shallowRef<Failure | null>(null);
  let cache: BlockCache | null = null;

  watch(
    fit,
    (summary) => {
      failure.value = null;
      cache = summary.missingCells > 0 ? cacheOf(summary) : null;
      version.value++;
    },
    { immediate: true, flush: 'sync' },
  );

  function cacheOf(summary: FitSummary): BlockCache {
    const columns = summary.features.length;
    return createBlockCache({
      rows: rows(),
      columns,
      blockColumns: columns,
      onArrival: () => version.value++,
      async fetchBlock({ firstRow, endRow }) {
        const wanted = Int32Array.from({ length: endRow - firstRow }, (_, at) => firstRow + at);
        const result = await service.call('fit.imputed', { fit: summary.fit, rows: wanted });
        if (fit.value.fit !== summary.fit) return null;
        failure.value = result.ok ? null : result.failure;
        return result.ok ? textsOf(summary, firstRow, endRow, result.value) : null;
      },
    });
  }

  return {
    version,
    failure,
    imputed(row, feature) {
      const text = cache?.cell(row, feature);
      return text === '' ? undefined : text;
    },
    want: (firstRow, endRow) =>
      cache?.want({ firstRow, endRow, firstColumn: 0, endColumn: fit.value.features.length }),
  };
}

/** A text for each row of the block and each feature, empty where nothing was missing. */
function textsOf(
  { features }: FitSummary,
  firstRow: number,
  endRow: number,
  cells: CallAnswer<'fit.imputed'>,
): string[][] {
  const texts = Array.from({ length: endRow - firstRow }, () => features.map(() => ''));
  cells.row.forEach((row, at) => {
    const index = cells.feature[at];
    texts[row - firstRow][index] = imputedText(features[index], cells.value[at], cells.spread[at]);
  });
  return texts;
}
