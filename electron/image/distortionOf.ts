import type { Pixels } from '../../shared/image/pixels';
import type { ColourSpace } from '../../shared/image/quantisation';
import { coloursInSpace } from './colourSpaces';

/** Pixels compared at once. */
const blockPixels = 4096;

/**
 * Sum over pixels of the squared distance between two pictures of one size in a space (J; Bishop, 2006, eq. 9.1, with the
 * painted colour for the centre): premultiplied, as fits have it, so that opacity counts where it differs and colours
 * nobody sees do not.
 *
 * Throws if the sizes differ, which only a bug can cause.
 */
export function distortionOf(original: Pixels, result: Pixels, space: ColourSpace): number {
  if (original.width !== result.width || original.height !== result.height)
    throw new Error('pictures of different sizes were compared');
  let sum = 0;
  for (let from = 0; from < original.rgba.length; from += 4 * blockPixels) {
    const block = [original, result].map(({ rgba }) => rgba.subarray(from, from + 4 * blockPixels));
    // With four coordinates an opaque colour has the same three, and a fourth that is the same for all.
    const [own, other] = block.map((rgba) => coloursInSpace(space, rgba, 4));
    for (let i = 0; i < own.length; i++) {
      const difference = own[i] - other[i];
      sum += difference * difference;
    }
  }
  return sum;
}
