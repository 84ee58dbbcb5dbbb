import type { Pixels } from '../../shared/image/pixels';
import type { Colour, ColourSpace, Dithering } from '../../shared/image/quantisation';
import { colourHistogram } from './colourHistogram';
import type { ColourHistogram } from './colourHistogram';
import { bayerMatrix } from './dithering/bayerMatrix';
import { blueNoise } from './dithering/blueNoise';
import { flatAreas } from './dithering/flatAreas';
import { floydSteinberg } from './dithering/floydSteinberg';
import { patternDithering } from './dithering/patternDithering';
import { nearestOfColours } from './nearestOfColours';
import { overPixels } from './overPixels';
import { paletteWords } from './paletteWords';

/**
 * Paints a picture with a palette of 1 to 256 colours: for each pixel the place of its colour in the palette.
 *
 * Undithered, each pixel becomes the nearest colour in `space`; exact ties go to the first; `flat`, that of a neighbour
 * where this costs little. Dithering of strength 0 is undithered too, and a pixel whose colour is in the palette keeps it however the rest is dithered. Wholly transparent pixels
 * become the first transparent colour; opaque ones never do; partly transparent ones are compared premultiplied and
 * never dithered, so that no fringe appears at transparent edges.
 *
 * `histogram` is that of the picture: given where it is at hand, found otherwise.
 */
export function paint(
  pixels: Pixels,
  palette: readonly Colour[],
  dithering: Dithering,
  space: ColourSpace,
  histogram?: ColourHistogram,
): Uint8Array {
  if (palette.length < 1 || palette.length > 256)
    throw new Error(`a palette of ${palette.length} colours cannot be painted with`);
  if (dithering.kind === 'floydSteinberg' && dithering.strength > 0)
    return floydSteinberg(pixels, palette, space, dithering.strength);
  const colours = histogram ?? colourHistogram(pixels);
  if (dithering.kind === 'none' || dithering.kind === 'flat' || dithering.strength === 0) {
    const nearest = overPixels(
      pixels,
      colours,
      nearestOfColours(colours, palette, space),
      (length) => new Uint8Array(length),
    );
    return dithering.kind === 'flat'
      ? flatAreas(pixels, nearest, palette, space, dithering.errorGrowth)
      : nearest;
  }
  const thresholds = dithering.kind === 'ordered' ? bayerMatrix() : blueNoise();
  return patternDithering(pixels, palette, space, dithering.strength, thresholds, colours);
}

/** The picture that an index over a palette stands for. */
export function painted(
  index: Uint8Array,
  palette: readonly Colour[],
  width: number,
  height: number,
): Pixels {
  const rgba = new Uint8Array(4 * width * height);
  const words = new Uint32Array(rgba.buffer);
  const palettes = paletteWords(palette);
  for (let i = 0; i < words.length; i++) words[i] = palettes[index[i]];
  return { width, height, rgba };
}
