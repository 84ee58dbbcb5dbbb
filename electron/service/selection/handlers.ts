import type { Handlers } from '../../../shared/contract/port';
import { failed } from '../../../shared/result';
import type { ServiceState } from '../handlers';

/** The calls about choosing K and the model. */
export function selectionHandlers(
  _: ServiceState,
): Pick<Handlers, 'selection.run' | 'selection.open' | 'selection.average' | 'selection.forget'> {
  const unknown = () => Promise.resolve(failed({ kind: 'unknownSelection' as const }));
  return {
    'selection.run': unknown,
    'selection.open': unknown,
    'selection.average': unknown,
    'selection.forget': unknown,
  };
}
