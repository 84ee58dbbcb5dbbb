import { inject, type InjectionKey } from 'vue';
import type { Desktop } from '../../shared/desktop';

export const desktopKey: InjectionKey<Desktop> = Symbol('desktop');

/** Dialogs, dropped files and versions, as provided at the root of the application. */
export function useDesktop(): Desktop {
  const desktop = inject(desktopKey);
  if (!desktop) throw new Error('No desktop is provided at the root.');
  return desktop;
}
