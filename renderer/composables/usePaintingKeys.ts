import { useEventListener } from '@vueuse/core';
import { onScopeDispose } from 'vue';
import { usePaintings } from '../stores/paintings';
import { useWorkspace } from '../stores/workspace';
import { isTyped } from './isTyped';

/** What keys do while paintings are looked at: Ctrl+Z and Ctrl+Y walk through them, the command to fit finds the best. */
export function usePaintingKeys(): void {
  const paintings = usePaintings();
  const workspace = useWorkspace();

  onScopeDispose(workspace.onCommand('fit', () => void paintings.refine()));

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    // A field that is typed into has its own undo.
    if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey) || isTyped(event)) return;
    const key = event.key.toLowerCase();
    if (key === 'y' || (key === 'z' && event.shiftKey)) paintings.redo();
    else if (key === 'z') paintings.undo();
    else return;
    event.preventDefault();
  });
}
