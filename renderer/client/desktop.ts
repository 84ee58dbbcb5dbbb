import { inject, type InjectionKey } from 'vue';
import { droppedFile, grantedFile, menuCommand, serviceState, type Desktop } from '../../shared/desktop';

export const desktopKey: InjectionKey<Desktop> = Symbol('desktop');

/** Dialogs, dropped files and versions, as provided at the root of the application. */
export function useDesktop(): Desktop {
  const desktop = inject(desktopKey);
  if (!desktop) throw new Error('No desktop is provided at the root.');
  return desktop;
}

/** The desktop with everything that main sends checked on its way in. */
export function checkedDesktop(desktop: Desktop): Desktop {
  const chosen = grantedFile.nullable();
  return {
    ...desktop,
    chooseFiles: async () => grantedFile.array().parse(await desktop.chooseFiles()),
    choosePalette: async () => chosen.parse(await desktop.choosePalette()),
    chooseFolder: async (use) => chosen.parse(await desktop.chooseFolder(use)),
    grantDropped: async (file) => droppedFile.nullable().parse(await desktop.grantDropped(file)),
    openExample: async (name) => grantedFile.parse(await desktop.openExample(name)),
    chooseSave: async (suggestedName, kind) => chosen.parse(await desktop.chooseSave(suggestedName, kind)),
    onService: (listener) => desktop.onService((state) => listener(serviceState.parse(state))),
    onMenu: (listener) => desktop.onMenu((command) => listener(menuCommand.parse(command))),
  };
}
