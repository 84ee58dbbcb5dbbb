import type { Colour, ColourSpace } from '../../shared/image/quantisation';
import { candidatesOfOpaque, candidatesOfPartly, transparentIndex } from './candidates';
import type { Candidates } from './candidates';
import type { ColourHistogram } from './colourHistogram';
import { coloursInSpace } from './colourSpaces';
import { nearestOfEach } from './nearestOfEach';

/**
 * Where in the palette the nearest colour is to each colour of a histogram, and last, at `histogram.size`, the one that
 * wholly transparent pixels become.
 */
export function nearestOfColours(
  { rgba, opaque, size }: ColourHistogram,
  palette: readonly Colour[],
  space: ColourSpace,
): Uint8Array {
  const nearest = new Uint8Array(size + 1);
  nearest.set(nearestTo(rgba.subarray(0, 4 * opaque), candidatesOfOpaque(palette, space), space));
  nearest.set(nearestTo(rgba.subarray(4 * opaque), candidatesOfPartly(palette, space), space), opaque);
  nearest[size] = transparentIndex(palette);
  return nearest;
}

function nearestTo(rgba: Uint8Array, candidates: Candidates, space: ColourSpace): Uint8Array {
  const places = nearestOfEach(coloursInSpace(space, rgba, candidates.d), candidates);
  return places.map((place) => candidates.index[place]);
}
