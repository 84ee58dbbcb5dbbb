import { useEventListener } from '@vueuse/core';
import type { MenuCommand } from '../../shared/desktop';
import { steps, useWorkspace } from '../stores/workspace';

/**
 * Keys of the whole window: commands, the steps of the workspace by their number, Esc. Main's menu has the same; they are
 * here because a window without a menu bar must still answer. While a dialog is open it has the keys.
 */
export function useWindowKeys(): void {
  const workspace = useWorkspace();

  function commandOf({ key }: KeyboardEvent): MenuCommand | undefined {
    const commands: Partial<Record<string, MenuCommand>> = {
      o: 'open',
      Enter: 'fit',
      e: workspace.workspace === 'image' ? 'savePicture' : 'exportRows',
    };
    return commands[key];
  }

  function run(event: KeyboardEvent): boolean {
    if (event.key === 'Escape') return workspace.cancelTask();
    if (event.key === 'F1') {
      workspace.command('keys');
      return true;
    }
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return false;
    const step = /^[1-9]$/.test(event.key) ? steps[workspace.workspace][Number(event.key) - 1] : undefined;
    if (step !== undefined) {
      workspace.show(step.id);
      return true;
    }
    const command = commandOf(event);
    if (command !== undefined) workspace.command(command);
    return command !== undefined;
  }

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('[role="dialog"]') !== null) return;
    if (run(event)) event.preventDefault();
  });
}
