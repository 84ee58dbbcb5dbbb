import { shallowRef, type ShallowRef } from 'vue';
import type { CallAnswer, CallInput } from '../../shared/contract/messages';
import type { ServiceClient } from '../../shared/contract/port';
import { useLatestAnswer, type LatestAnswer } from './useLatestAnswer';

/** Questions about a fit that tell how far they are. */
type FitQuestion = 'fit.separation' | 'fit.rules' | 'fit.compare';

export interface FitAnswer<C extends FitQuestion> extends LatestAnswer<CallAnswer<C>> {
  /** From 0 to 1 while it is worked out; null: not begun. */
  readonly fraction: Readonly<ShallowRef<number | null>>;
}

/** The answer to a question about the fit shown; null asks nothing. */
export function useFitAnswer<C extends FitQuestion>(
  service: ServiceClient,
  call: C,
  question: () => CallInput<C> | null,
): FitAnswer<C> {
  const fraction = shallowRef<number | null>(null);
  const latest = useLatestAnswer(question, (body, signal) => {
    fraction.value = null;
    return service.call(call, body, { signal, onEvent: (event) => (fraction.value = event.fraction) });
  });
  return { ...latest, fraction };
}
