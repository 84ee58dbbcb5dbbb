import { shallowRef, type ShallowRef } from 'vue';
import type { CallAnswer } from '../../shared/contract/messages';
import type { ServiceClient } from '../../shared/contract/port';
import type { FitId } from '../../shared/ids';
import { useLatestAnswer, type LatestAnswer } from './useLatestAnswer';

/** What is worked out once for a fit, and tells how far it is. */
type FitQuestion = 'fit.separation' | 'fit.rules';

export interface FitAnswer<C extends FitQuestion> extends LatestAnswer<CallAnswer<C>> {
  /** From 0 to 1 while it is worked out; null: not begun. */
  readonly fraction: Readonly<ShallowRef<number | null>>;
}

/** The answer to a question about the fit shown; null asks nothing. */
export function useFitAnswer<C extends FitQuestion>(
  service: ServiceClient,
  call: C,
  fit: () => FitId | null,
): FitAnswer<C> {
  const fraction = shallowRef<number | null>(null);
  const latest = useLatestAnswer(fit, (id, signal) => {
    fraction.value = null;
    return service.call(call, { fit: id } as never, {
      signal,
      onEvent: (event) => (fraction.value = event.fraction),
    });
  });
  return { ...latest, fraction };
}
