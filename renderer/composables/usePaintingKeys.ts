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

  /** The field whose text has been changed and not yet taken over. */
  let unfinished: EventTarget | null = null;
  useEventListener(window, 'input', ({ target }: Event) => (unfinished = target));
  useEventListener(window, 'change', () => (unfinished = null));

  const isTakenOver = (target: EventTarget | null): boolean =>
    target instanceof HTMLInputElement && target !== unfinished && target.closest('[role="dialog"]') === null;

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    // What is being typed has an undo of its own; what was taken over from a field is undone in the painting.
    if (isTyped(event) && !isTakenOver(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === 'y' || (key === 'z' && event.shiftKey)) paintings.redo();
    else if (key === 'z') paintings.undo();
    else return;
    event.preventDefault();
  });
}
