import { computed, shallowRef, type ComputedRef } from 'vue';
import type { ScatterAxes, ScatterPoints } from '../../shared/contract/messages';
import type { ServiceClient } from '../../shared/contract/port';
import type { Preparation } from '../../shared/fit';
import type { TableId } from '../../shared/ids';
import { numberFeaturesOf } from '../components/fit/discreteFeatures';
import { useLatestAnswer, type LatestAnswer } from './useLatestAnswer';

/** All rows are drawn; past this many, a sample that says so, for want of memory. */
const pointLimit = 2_000_000;

/** Which directions a person looks along. Columns by name, so that a choice outlives a change of features. */
export interface AxesChoice {
  readonly kind: 'features' | 'principal';
  readonly x: string;
  readonly y: string;
}

export interface Scatter extends LatestAnswer<ScatterPoints> {
  /** The directions looked along now. */
  readonly axes: ComputedRef<AxesChoice>;
  choose(axes: AxesChoice): void;
}

/**
 * Points of the rows a preparation uses, along two directions a person may choose: two numbers to begin with
 * when there are no more, else the principal axes. Without a number among the features there are none.
 */
export function useScatter(
  service: ServiceClient,
  table: () => TableId | null,
  preparation: () => Preparation | null,
): Scatter {
  const chosen = shallowRef<AxesChoice | null>(null);
  const axes = computed(() => {
    const rowsOf = preparation();
    return usableAxes(chosen.value, rowsOf ? numberFeaturesOf(rowsOf) : []);
  });
  const latest = useLatestAnswer(
    () => {
      const rowsOf = preparation();
      const from = table();
      if (!rowsOf || from === null || numberFeaturesOf(rowsOf).length === 0) return null;
      return {
        table: from,
        preparation: rowsOf,
        axes: axesOf(axes.value, rowsOf.features),
        limit: pointLimit,
      };
    },
    (question, signal) => service.call('table.scatter', question, { signal }),
  );
  function choose(next: AxesChoice): void {
    chosen.value = next;
  }
  return { ...latest, axes, choose };
}

/** The choice if its columns are features now, else what to begin with. `features`: those that are numbers. */
export function usableAxes(choice: AxesChoice | null, features: readonly string[]): AxesChoice {
  const x = choice && features.includes(choice.x) ? choice.x : (features[0] ?? '');
  const y = choice && features.includes(choice.y) ? choice.y : (features[1] ?? x);
  if (features.length < 2) return { kind: 'features', x, y: x };
  return { kind: choice?.kind ?? (features.length > 2 ? 'principal' : 'features'), x, y };
}

function axesOf(choice: AxesChoice, features: readonly string[]): ScatterAxes {
  return choice.kind === 'principal'
    ? { kind: 'principal' }
    : { kind: 'features', x: features.indexOf(choice.x), y: features.indexOf(choice.y) };
}
