import type { Colour, ColourSpace } from '../../shared/image/quantisation';
import { candidatesOfOpaque, candidatesOfPartly, transparentIndex } from './candidates';
import type { Candidates } from './candidates';
import type { ColourHistogram } from './colourHistogram';
import { coloursInSpace } from './colourSpaces';
import { nearestOfEach } from './nearestOfEach';

/** Colours that are looked at together. By eye. */
const sliceColours = 1 << 14;

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

/** In slices, so that their points stay in the caches: those of all would be made of new memory. */
function nearestTo(rgba: Uint8Array, candidates: Candidates, space: ColourSpace): Uint8Array {
  const places = new Uint8Array(rgba.length / 4);
  for (let from = 0; from < places.length; from += sliceColours) {
    const slice = rgba.subarray(4 * from, 4 * (from + sliceColours));
    places.set(nearestOfEach(coloursInSpace(space, slice, candidates.d), candidates), from);
  }
  for (let i = 0; i < places.length; i++) places[i] = candidates.index[places[i]];
  return places;
}
