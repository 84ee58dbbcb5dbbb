import { computed, type ComputedRef } from 'vue';
import {
  fitted,
  nextZoomIn,
  nextZoomOut,
  pixelAt,
  placed,
  pushedBy,
  zoomedAt,
  type PictureWindow,
  type Place,
  type Placement,
  type Size,
} from '../components/picture/viewer/pictureWindow';
import { usePictureWindowState } from '../stores/pictureWindow';

/** Zoom and place of a picture in a view, which all views of the picture share. Places are pixels of the screen. */
export interface SharedWindow {
  /** null while the view has no size. */
  readonly placement: ComputedRef<Placement | null>;
  readonly isFitted: ComputedRef<boolean>;
  /** `factor` times as large, about a place of the view. */
  zoomBy(factor: number, at: Place): void;
  /** To a zoom of 1 or any other, about the middle or a place. */
  zoomTo(zoom: number, at?: Place): void;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  push(right: number, down: number): void;
  pixelAt(at: Place): Place | null;
}

/** The window on a picture of some size in a view of some size: what was chosen, or the whole picture. */
export function usePictureWindow(picture: () => Size, view: () => Size): SharedWindow {
  const state = usePictureWindowState();
  const window = computed<PictureWindow | null>(() => {
    const size = view();
    if (size.width < 1 || size.height < 1) return null;
    return state.chosen ?? fitted(picture(), size);
  });
  const placement = computed(() => (window.value === null ? null : placed(window.value, view())));
  const middle = (): Place => ({ x: view().width / 2, y: view().height / 2 });

  function zoomTo(zoom: number, at: Place = middle()): void {
    if (window.value !== null) state.chosen = zoomedAt(window.value, zoom, at, picture(), view());
  }
  const zoomOn = (next: (zoom: number) => number): void => {
    if (window.value !== null) zoomTo(next(window.value.zoom));
  };

  return {
    placement,
    isFitted: computed(() => state.chosen === null),
    zoomTo,
    zoomBy: (factor, at) => {
      if (window.value !== null) zoomTo(window.value.zoom * factor, at);
    },
    zoomIn: () => zoomOn(nextZoomIn),
    zoomOut: () => zoomOn(nextZoomOut),
    fit: () => {
      state.chosen = null;
    },
    push: (right, down) => {
      if (window.value !== null) state.chosen = pushedBy(window.value, right, down, picture());
    },
    pixelAt: (at) => (placement.value === null ? null : pixelAt(placement.value, at, picture())),
  };
}
