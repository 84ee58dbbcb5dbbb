import type { Pixels } from '../../../shared/image/pixels';
import type { Colour, ColourSpace } from '../../../shared/image/quantisation';
import { candidatesOfOpaque } from '../candidates';
import type { ColourHistogram } from '../colourHistogram';
import { colourNumbers } from '../colourNumbers';
import { coloursInSpace } from '../colourSpaces';
import { nearestOfColours } from '../nearestOfColours';
import { colourPairs } from './colourPairs';
import type { Thresholds } from './thresholds';

/**
 * Paints with a repeated square of thresholds: each opaque colour is a mixture of two of the palette, and a pixel has the
 * second where the threshold at its place is below the second's share. `strength` scales what the farther of the two is
 * given. Which pixel becomes what depends on its colour and place alone, so that equal areas look equal.
 */
export function patternDithering(
  pixels: Pixels,
  palette: readonly Colour[],
  space: ColourSpace,
  strength: number,
  { side, rank }: Thresholds,
  histogram: ColourHistogram,
): Uint8Array {
  const { first, second, share } = pairsOfColours(palette, space, strength, histogram);
  const numbers = colourNumbers(pixels, histogram);
  const { width, height, frames = 1 } = pixels;
  const index = new Uint8Array(numbers.length);
  for (let y = 0, i = 0; y < height; y++) {
    const row = ((y % (height / frames)) % side) * side;
    for (let x = 0; x < width; x++, i++) {
      const number = numbers[i];
      const threshold = (rank[row + (x % side)] + 0.5) / rank.length;
      index[i] = threshold < share[number] ? second[number] : first[number];
    }
  }
  return index;
}

/** As `colourPairs` for every colour of a histogram, in places of the palette; colours not opaque are not mixed. */
function pairsOfColours(
  palette: readonly Colour[],
  space: ColourSpace,
  strength: number,
  histogram: ColourHistogram,
): { first: Uint8Array; second: Uint8Array; share: Float64Array } {
  const { opaque, rgba } = histogram;
  const candidates = candidatesOfOpaque(palette, space);
  const points = coloursInSpace(space, rgba.subarray(0, 4 * opaque), candidates.d);
  const pairs = colourPairs(points, candidates);
  const first = nearestOfColours(histogram, palette, space);
  const second = first.slice();
  const share = new Float64Array(first.length);
  for (let i = 0; i < opaque; i++) {
    first[i] = candidates.index[pairs.first[i]];
    second[i] = candidates.index[pairs.second[i]];
    // Towards the nearer colour, which has the larger share.
    share[i] = pairs.share[i] <= 0.5 ? strength * pairs.share[i] : 1 - strength * (1 - pairs.share[i]);
  }
  return { first, second, share };
}
