import { onScopeDispose, watch } from 'vue';
import { drawPicture, type Strip } from '../components/picture/viewer/drawPicture';
import type { Placement, Size } from '../components/picture/viewer/pictureWindow';

/** Keeps a canvas drawn, once a frame at most. `size` is in pixels of the screen; without a placement nothing is drawn. */
export function usePictureCanvas(
  canvas: () => HTMLCanvasElement | null,
  size: () => Size,
  placement: () => Placement | null,
  strips: () => readonly Strip[],
): void {
  let frame = 0;

  function draw(): void {
    const element = canvas();
    const context = element?.getContext('2d');
    const place = placement();
    if (!element || !context || place === null) return;
    const { width, height } = size();
    if (element.width !== width) element.width = width;
    if (element.height !== height) element.height = height;
    drawPicture(context, { width, height }, place, strips());
  }

  watch(
    () => [
      placement(),
      size(),
      strips(),
      ...strips().flatMap(({ answers: { part, whole } }) => [part.value, whole.value]),
    ],
    () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(draw);
    },
    { immediate: true, flush: 'post' },
  );
  onScopeDispose(() => cancelAnimationFrame(frame));
}
