import { useEventListener } from '@vueuse/core';
import { isTyped } from './isTyped';
import type { SharedWindow } from './usePictureWindow';

/** What the keys of a viewer do beside zooming and pushing. */
export interface ViewerCommands {
  toggleDifference(): void;
  /** While a key is held. */
  showOriginal(isShown: boolean): void;
}

/** By eye: pixels of the page that an arrow pushes the picture by, five times as many with Shift. */
const pushStep = 40;
const pushes: Record<string, readonly [right: number, down: number]> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/**
 * The keys of a viewer: wherever the focus is but in a field, + - 0 1 zoom, D and held B compare; on the view itself arrows
 * push and the space bar is as B.
 */
export function useViewerKeys(
  stage: () => HTMLElement | null,
  ratio: () => number,
  pictureWindow: SharedWindow,
  commands: ViewerCommands,
): void {
  const keys: Record<string, () => void> = {
    '+': pictureWindow.zoomIn,
    '=': pictureWindow.zoomIn,
    '-': pictureWindow.zoomOut,
    '0': pictureWindow.fit,
    '1': () => pictureWindow.zoomTo(1),
    d: commands.toggleDifference,
    b: () => commands.showOriginal(true),
  };
  const keyOf = ({ key, target }: KeyboardEvent): string =>
    key === ' ' && target === stage() ? 'b' : key.toLowerCase();

  function push(event: KeyboardEvent): boolean {
    const by = pushes[event.key];
    if (!by || event.target !== stage()) return false;
    const step = pushStep * ratio() * (event.shiftKey ? 5 : 1);
    pictureWindow.push(by[0] * step, by[1] * step);
    return true;
  }

  function run(event: KeyboardEvent): boolean {
    const command = keys[keyOf(event)];
    if (!command || isTyped(event)) return false;
    command();
    return true;
  }

  useEventListener('keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (push(event) || run(event)) event.preventDefault();
  });
  useEventListener('keyup', (event: KeyboardEvent) => {
    if (keyOf(event) === 'b') commands.showOriginal(false);
  });
  // A key that is let go in another window is not heard here.
  useEventListener('blur', () => commands.showOriginal(false));
}
