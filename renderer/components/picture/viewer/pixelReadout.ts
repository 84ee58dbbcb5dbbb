import type { ViewedPart } from '../../../composables/usePictureView';
import { formatProbability } from '../../../../shared/format';
import { hexOf } from '../../../../shared/image/hexColour';
import type { Place } from './pictureWindow';

/** What a part of a picture shows at a pixel, in words; null where it does not hold it pixel by pixel. */
function shownAt({ viewed, region, view }: ViewedPart, { x, y }: Place): string | null {
  const column = x - region.left;
  const row = y - region.top;
  const isInside = column >= 0 && row >= 0 && column < region.width && row < region.height;
  if (!isInside || view.width !== region.width || view.height !== region.height) return null;
  const at = 4 * (row * view.width + column);
  const [red = 0, green = 0, blue = 0, opacity = 0] = view.rgba.subarray(at, at + 4);
  if (viewed.kind === 'probability') return `probability ${formatProbability(red / 255)}`;
  return opacity === 0 ? 'transparent' : hexOf({ red, green, blue, opacity });
}

/** Where the pointer is in the picture, and what lies there on both sides. */
export function pixelReadout(at: Place, sides: readonly (ViewedPart | null)[]): string {
  const shown = sides
    .map((part) => (part === null ? null : shownAt(part, at)))
    .filter((text) => text !== null);
  return [`${at.x}, ${at.y}`, ...(shown.length > 0 ? [shown.join(' → ')] : [])].join('  ');
}
