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
