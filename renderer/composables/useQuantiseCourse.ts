import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { formatCount, formatCounted } from '../../shared/format';
import type { Precision, QuantiseEvent, TriedColours } from '../../shared/image/painting';
import type { QuantisationSpecification } from '../../shared/image/quantisation';

/** What a fit of a palette tells on its way: a restart, an exchange, an exact iteration. */
export type FitStep = Extract<QuantiseEvent, { kind: 'step' }>;

export interface QuantiseCourse {
  /** Of the latest exact fit, in the order they came. */
  readonly steps: Readonly<ShallowRef<readonly FitStep[]>>;
  /** Numbers of colours the latest fit for a goal tried. */
  readonly tried: Readonly<ShallowRef<readonly TriedColours[]>>;
  /** How far it is, in words; empty until it has told something. */
  readonly text: ComputedRef<string>;
  /** A fit begins. A preview leaves the steps of the exact fit before it. */
  begin(specification: QuantisationSpecification, precision: Precision): void;
  follow(event: QuantiseEvent): void;
  /** For another picture. */
  clear(): void;
}

/** How the latest fit of a palette went, as far as it has told. */
export function useQuantiseCourse(): QuantiseCourse {
  const steps = shallowRef<readonly FitStep[]>([]);
  const tried = shallowRef<readonly TriedColours[]>([]);
  const asked = shallowRef<{ specification: QuantisationSpecification; precision: Precision } | null>(null);

  const text = computed(() => {
    const last = steps.value.at(-1);
    // On the way to a goal every number of colours has its steps: how many were tried says more.
    if (asked.value?.specification.goal.kind !== 'count') return triedText(tried.value);
    return last ? stepText(last, asked.value.specification.restarts) : '';
  });

  function begin(specification: QuantisationSpecification, precision: Precision): void {
    asked.value = { specification, precision };
    if (precision === 'exact') steps.value = [];
    tried.value = [];
  }

  function follow(event: QuantiseEvent): void {
    if (event.kind === 'trial') tried.value = [...tried.value, event.tried];
    else if (asked.value?.precision === 'exact') steps.value = [...steps.value, event];
  }

  function clear(): void {
    steps.value = [];
    tried.value = [];
  }

  return { steps, tried, text, begin, follow, clear };
}

function triedText(tried: readonly TriedColours[]): string {
  const last = tried.at(-1);
  if (!last) return 'trying a first number of colours';
  return `tried ${formatCounted(tried.length, 'number')} of colours, ${formatCount(last.colours)} last`;
}

function stepText({ phase, restart }: FitStep, restarts: number): string {
  if (phase === 'restart') return `${formatCount(restart + 1)} of ${formatCounted(restarts, 'restart')}`;
  return phase === 'exchange' ? 'exchanging colours' : 'exact iterations';
}
