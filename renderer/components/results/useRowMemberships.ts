import { shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import type { ServiceClient } from '../../../shared/contract/port';
import type { Failure } from '../../../shared/failure';
import type { FitId } from '../../../shared/ids';
import { createBlockCache, type BlockCache } from '../table/blockCache';

/** Cluster of a row, counted from 0, -1 for a row that took no part; the probability of belonging to it; its score. */
export interface RowMembership {
  readonly component: number;
  readonly probability: number;
  /** Log density of the row under the whole mixture. */
  readonly logDensity: number;
}

export interface RowMemberships {
  /** Changes whenever memberships have come. */
  readonly version: Readonly<ShallowRef<number>>;
  readonly failure: Readonly<ShallowRef<Failure | null>>;
  /** undefined while it is not here. */
  membership(row: number): RowMembership | undefined;
  /** Says which rows are in view. */
  want(firstRow: number, endRow: number): void;
}

/** Memberships of the rows in view, fetched in blocks beside the cells. Another fit starts afresh. */
export function useRowMemberships(
  service: ServiceClient,
  fit: Ref<FitId>,
  rows: () => number,
): RowMemberships {
  const version = shallowRef(0);
  const failure = shallowRef<Failure | null>(null);
  let cache: BlockCache | null = null;

  watch(
    fit,
    (id) => {
      failure.value = null;
      cache = cacheOf(id);
      version.value++;
    },
    { immediate: true, flush: 'sync' },
  );

  function cacheOf(id: FitId): BlockCache {
    return createBlockCache({
      rows: rows(),
      columns: 3,
      onArrival: () => version.value++,
      async fetchBlock({ firstRow, endRow }) {
        const wanted = Int32Array.from({ length: endRow - firstRow }, (_, at) => firstRow + at);
        const result = await service.call('fit.memberships', { fit: id, rows: wanted });
        if (fit.value !== id) return null;
        failure.value = result.ok ? null : result.failure;
        if (!result.ok) return null;
        const { label, probability, logDensity } = result.value;
        // The cache keeps texts; these come back as the same numbers.
        return Array.from(label, (component, at) => [
          String(component),
          String(probability[at]),
          String(logDensity[at]),
        ]);
      },
    });
  }

  return {
    version,
    failure,
    membership(row) {
      const component = cache?.cell(row, 0);
      const probability = cache?.cell(row, 1);
      const logDensity = cache?.cell(row, 2);
      if (component === undefined || probability === undefined || logDensity === undefined) return undefined;
      return {
        component: Number(component),
        probability: Number(probability),
        logDensity: Number(logDensity),
      };
    },
    want: (firstRow, endRow) => cache?.want({ firstRow, endRow, firstColumn: 0, endColumn: 3 }),
  };
}
