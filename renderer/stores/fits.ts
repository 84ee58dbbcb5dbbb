import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { FitSpecification, FitSummary } from '../../shared/fit';
import type { FitId, TableId } from '../../shared/ids';
import { useService } from '../client/service';
import { useFit } from '../composables/useFit';

const keptFits = 8; // by taste: enough to compare, little enough for the memory of a million rows each

/** A finished fit and the names a person gave its clusters. */
export interface FinishedFit {
  /** Counted from 1 over the session. */
  readonly number: number;
  readonly summary: FitSummary;
  readonly names: readonly string[];
}

/** What a cluster is called until somebody names it. */
export function defaultClusterName(component: number): string {
  return `Cluster ${component + 1}`;
}

/** The fit under way and the finished ones. They outlive pages: a fit goes on while another room is looked at. */
export const useFits = defineStore('fits', () => {
  const service = useService();
  const run = useFit(service);
  const finished = shallowRef<readonly FinishedFit[]>([]);
  const currentId = shallowRef<FitId | null>(null);
  const current = computed(() => finished.value.find((one) => one.summary.fit === currentId.value) ?? null);
  let count = 0;

  /** Fits, and makes the result the current one. True when there is one. */
  async function fit(table: TableId, specification: FitSpecification): Promise<boolean> {
    const summary = await run.start(table, specification);
    if (!summary) return false;
    add(summary);
    return true;
  }

  function add(summary: FitSummary): void {
    const names = summary.profiles.map((_, component) => defaultClusterName(component));
    const all = [...finished.value, { number: ++count, summary, names }];
    forget(all.slice(0, -keptFits));
    finished.value = all.slice(-keptFits);
    currentId.value = summary.fit;
  }

  function choose(id: FitId): void {
    currentId.value = id;
  }

  /** Names a cluster; an empty name gives it back its number. */
  function rename(id: FitId, component: number, name: string): void {
    const given = name.trim() === '' ? defaultClusterName(component) : name.trim();
    finished.value = finished.value.map((one) =>
      one.summary.fit === id ? { ...one, names: one.names.with(component, given) } : one,
    );
  }

  /** Forgets every fit of tables other than this one; null: of all tables. */
  function keepOnly(table: TableId | null): void {
    forget(finished.value.filter((one) => one.summary.table !== table));
    finished.value = finished.value.filter((one) => one.summary.table === table);
    if (run.current.value && run.current.value.table !== table) run.reset();
    if (!current.value) currentId.value = finished.value.at(-1)?.summary.fit ?? null;
  }

  function forget(fits: readonly FinishedFit[]): void {
    // The answer says nothing: the fit is gone here either way.
    for (const one of fits) void service.call('fit.forget', { fit: one.summary.fit });
  }

  return { ...run, finished, currentId, current, fit, choose, rename, keepOnly };
});
