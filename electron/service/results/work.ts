import { setImmediate } from 'node:timers/promises';

/** How a longer question is answered: it tells how far it is, and stops when nobody wants the answer any more. */
export interface Work {
  readonly signal: AbortSignal;
  readonly tell: (fraction: number) => void;
}

/** Lets the service answer others, and says whether to go on. */
export async function goesOn({ signal, tell }: Work, fraction: number): Promise<boolean> {
  tell(fraction);
  await setImmediate();
  return !signal.aborted;
}

/** Time between two events. Ten a second are as many as can be seen. */
const quietMs = 100;

/** Work that is told about as it goes, to be stopped by `signal`. */
export function workOf(
  signal: AbortSignal,
  emit: (event: { readonly kind: 'progress'; fraction: number }) => void,
): Work {
  let told = -Infinity;
  return {
    signal,
    tell(fraction) {
      const now = performance.now();
      if (now - told < quietMs) return;
      told = now;
      emit({ kind: 'progress', fraction });
    },
  };
}
