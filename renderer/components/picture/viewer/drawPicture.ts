import type { PictureView } from '../../../../shared/image/picture';
import type { PictureViewAnswers, ViewedPart } from '../../../composables/usePictureView';
import type { Placement, Size } from './pictureWindow';

/** What is drawn of one picture, between two places across the view. */
export interface Strip {
  readonly answers: PictureViewAnswers;
  readonly from: number;
  readonly to: number;
}

/** Views as canvases, for as long as they are held. */
const images = new WeakMap<PictureView, HTMLCanvasElement>();

function imageOf(view: PictureView): HTMLCanvasElement | null {
  const known = images.get(view);
  if (known !== undefined) return known;
  const image = document.createElement('canvas');
  image.width = view.width;
  image.height = view.height;
  const context = image.getContext('2d');
  if (context === null) return null;
  const pixels = new Uint8ClampedArray(view.rgba);
  context.putImageData(new ImageData(pixels, view.width, view.height), 0, 0);
  images.set(view, image);
  return image;
}

/** Draws strips of pictures that lie at one place. */
export function drawPicture(
  context: CanvasRenderingContext2D,
  view: Size,
  placement: Placement,
  strips: readonly Strip[],
): void {
  context.clearRect(0, 0, view.width, view.height);
  for (const { answers, from, to } of strips) {
    if (to <= from) continue;
    context.save();
    context.beginPath();
    context.rect(from, 0, to - from, view.height);
    context.clip();
    const { whole, part } = answers;
    if (whole.value !== null && whole.value !== part.value) drawPart(context, placement, whole.value);
    if (part.value !== null) drawPart(context, placement, part.value);
    context.restore();
  }
}

function drawPart(context: CanvasRenderingContext2D, placement: Placement, part: ViewedPart): void {
  const image = imageOf(part.view);
  if (image === null) return;
  const { zoom, left, top } = placement;
  const { region } = part;
  const x = Math.round(left + region.left * zoom);
  const y = Math.round(top + region.top * zoom);
  // An answer at the resolution of the screen is drawn dot by dot, though its region is no whole number of dots.
  const width = nearly(region.width * zoom, image.width);
  const height = nearly(region.height * zoom, image.height);
  context.imageSmoothingEnabled = zoom < 1;
  context.imageSmoothingQuality = 'low';
  // What lies under it would be seen through it.
  context.clearRect(x, y, width, height);
  context.drawImage(image, x, y, width, height);
}

const nearly = (length: number, dots: number): number => (Math.abs(length - dots) <= 1 ? dots : length);
