import type { Pixels } from '../../shared/image/pixels';

/** The frames of a picture, each a picture of its own; their bytes are not copied. */
export function framesOf({ width, height, rgba, frames = 1 }: Pixels): readonly Pixels[] {
  const own = { width, height: height / frames };
  const bytes = 4 * own.width * own.height;
  return Array.from({ length: frames }, (_, frame) => ({
    ...own,
    rgba: rgba.subarray(frame * bytes, (frame + 1) * bytes),
  }));
}
