import { shallowRef, type ShallowRef } from 'vue';
import type { Place } from '../components/picture/viewer/pictureWindow';
import type { SharedWindow } from './usePictureWindow';

export interface ViewerPointer {
  /** The pixel of the picture under the pointer; null beside it. */
  readonly hovered: Readonly<ShallowRef<Place | null>>;
  /** The picture is being pushed. */
  readonly isPushing: Readonly<ShallowRef<boolean>>;
  /** Listeners of the view, by the names of their events. */
  readonly listeners: {
    readonly wheel: (event: WheelEvent) => void;
    readonly pointerdown: (event: PointerEvent) => void;
    readonly pointermove: (event: PointerEvent) => void;
    readonly pointerup: (event: PointerEvent) => void;
    readonly pointercancel: () => void;
    readonly pointerleave: () => void;
  };
}

/** A press that moves no farther than this is a click; pixels of the page. */
const clickReach = 4;
/**
 * By eye: a notch of a wheel, 100 of its units, is a fifth. The pinch of a trackpad comes as a wheel with Control, and in
 * units of which a hundred are about what the fingers do.
 */
const zoomOfWheel = (units: number, isPinch: boolean): number => Math.exp(-units * (isPinch ? 0.01 : 0.002));
/** A wheel held with Control turns in notches; a pinch never moves so far between two frames. */
const notchUnits = 50;
/** Units of a line, where a system counts lines. */
const lineUnits = 33;

/**
 * The pointer in a view of a picture: the wheel zooms where it is, dragging pushes, a click picks a pixel. `ratio`: pixels
 * of the screen along one of the page.
 */
export function useViewerPointer(
  stage: () => HTMLElement | null,
  ratio: () => number,
  pictureWindow: SharedWindow,
  pick: (pixel: Place) => void,
): ViewerPointer {
  const hovered = shallowRef<Place | null>(null);
  const isPushing = shallowRef(false);
  let press: { readonly start: Place; last: Place; isDrag: boolean } | null = null;

  function placeOf(event: MouseEvent): Place {
    const box = stage()?.getBoundingClientRect();
    return {
      x: (event.clientX - (box?.left ?? 0)) * ratio(),
      y: (event.clientY - (box?.top ?? 0)) * ratio(),
    };
  }

  function pointerdown(event: PointerEvent): void {
    if (event.button !== 0 && event.button !== 1) return;
    stage()?.setPointerCapture(event.pointerId);
    const at = placeOf(event);
    press = { start: at, last: at, isDrag: event.button === 1 };
  }

  function pointermove(event: PointerEvent): void {
    const at = placeOf(event);
    hovered.value = pictureWindow.pixelAt(at);
    if (press === null) return;
    const moved = Math.hypot(at.x - press.start.x, at.y - press.start.y);
    if (!press.isDrag && moved < clickReach * ratio()) return;
    press.isDrag = true;
    isPushing.value = true;
    pictureWindow.push(at.x - press.last.x, at.y - press.last.y);
    press.last = at;
  }

  function pointerup(event: PointerEvent): void {
    const ended = press;
    release();
    if (ended === null || ended.isDrag) return;
    const pixel = pictureWindow.pixelAt(placeOf(event));
    if (pixel !== null) pick(pixel);
  }

  function release(): void {
    press = null;
    isPushing.value = false;
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault();
    const units = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * lineUnits : event.deltaY;
    const at = placeOf(event);
    const isPinch = event.ctrlKey && Math.abs(units) < notchUnits;
    pictureWindow.zoomBy(zoomOfWheel(units, isPinch), at);
    hovered.value = pictureWindow.pixelAt(at);
  }

  return {
    hovered,
    isPushing,
    listeners: {
      wheel,
      pointerdown,
      pointermove,
      pointerup,
      pointercancel: release,
      pointerleave: () => {
        hovered.value = null;
      },
    },
  };
}
