import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import type { Comparand } from '../../shared/results';
import { useTables } from './tables';

/** Parts of the Results room, in the order they are shown. */
export const resultsTabs = [
  { id: 'overview', label: 'Overview' },
  { id: 'features', label: 'Clusters and features' },
  { id: 'charts', label: 'Charts' },
  { id: 'rows', label: 'Rows' },
  { id: 'compare', label: 'Compare' },
] as const;
export type ResultsTab = (typeof resultsTabs)[number]['id'];

/** Charts of their own part of the room. */
export const resultCharts = [
  { id: 'histograms', label: 'Histograms' },
  { id: 'pairs', label: 'Pairs' },
  { id: 'parallel', label: 'Parallel coordinates' },
  { id: 'silhouette', label: 'Silhouette' },
] as const;
export type ResultChart = (typeof resultCharts)[number]['id'];

/** How the profile of the clusters is looked at. */
export interface ProfileLook {
  readonly as: 'bars' | 'heat';
  readonly values: 'mean' | 'median';
  readonly order: 'separation' | 'file';
}

/** How a person looks at results; it stays while other rooms are visited. Another table begins anew. */
export const useResultsView = defineStore('resultsView', () => {
  const tables = useTables();
  const tab = ref<ResultsTab>('overview');
  const profile = shallowRef<ProfileLook>({ as: 'bars', values: 'mean', order: 'separation' });
  const chart = ref<ResultChart>('histograms');
  /** What the fit shown is compared with; null: nothing has been chosen. */
  const comparand = shallowRef<Comparand | null>(null);

  watch(
    () => tables.summary,
    () => {
      tab.value = 'overview';
      comparand.value = null;
    },
  );

  return { tab, profile, chart, comparand };
});
