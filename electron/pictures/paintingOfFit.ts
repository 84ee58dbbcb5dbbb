import type { PaletteFit } from '../../shared/image/painting';
import type { Swatch } from '../../shared/image/quantisation';
import { colourNeeds } from '../image/colourNeeds';
import { countSwatches } from '../image/palette';
import { isDithered } from '../image/paintFitted';
import type { Quantised } from '../image/quantised';
import type { QuantiseRequest } from './quantisePicture';
import { shared } from './sharedMemory';
import type { SharedPainting } from './sharedPainting';
import { wholeIndex } from './wholeIndex';

/**
 * Paints a picture with a palette that was found for it. A preview is only painted where the fit has done so itself; the
 * pixels of its swatches are those nearest in the fit, else those that were painted.
 */
export function paintingOfFit(
  { picture: { pixels, histogram }, specification, precision }: QuantiseRequest,
  found: Quantised,
): SharedPainting {
  const { palette, counts, mixture } = found;
  const { seen } = colourNeeds(histogram, specification.locked);
  const isTransparentLocked = specification.locked.some(({ opacity }) => opacity === 0);
  // Locked colours come first.
  const swatches = palette.map((colour, i): Swatch => ({
    colour,
    pixels: counts[i],
    isLocked: i < seen.length || (colour.opacity === 0 && isTransparentLocked),
  }));
  const undithered = found.index && shared(found.index);
  const unpainted = {
    precision,
    specification,
    fit: fitOf(found),
    mixture,
    undithered,
    swatches,
    index: null,
  };
  if (precision === 'preview') {
    return { ...unpainted, index: isDithered(specification.dithering) ? null : undithered };
  }
  const index = wholeIndex({ pixels, histogram }, unpainted);
  return { ...unpainted, swatches: countSwatches(swatches, index), index };
}

const fitOf = ({ distortion, trace, objective, restartsAtBest, converged }: Quantised): PaletteFit => ({
  distortion,
  trace,
  objective,
  restartsAtBest,
  converged,
});
