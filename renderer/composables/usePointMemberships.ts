import type { CallAnswer } from '../../shared/contract/messages';
import type { ServiceClient } from '../../shared/contract/port';
import type { FitId } from '../../shared/ids';
import { useLatestAnswer, type LatestAnswer } from './useLatestAnswer';
import type { Scatter } from './useScatter';

/** Cluster and probability of each point of a scatter in a fit; nothing is asked while `fit` gives null. */
export function usePointMemberships(
  service: ServiceClient,
  scatter: Scatter,
  fit: () => FitId | null,
): LatestAnswer<CallAnswer<'fit.memberships'>> {
  return useLatestAnswer(
    () => {
      const id = fit();
      const points = scatter.answer.value;
      return id !== null && points ? { fit: id, rows: points.row } : null;
    },
    (question, signal) => service.call('fit.memberships', question, { signal }),
  );
}
