import fc from 'fast-check';
import type { Pixels } from '../../shared/image/pixels';
import type { Colour } from '../../shared/image/quantisation';

const byte = fc.integer({ min: 0, max: 255 });

/** Opacities as pictures have them: nothing, everything, and edges between. */
const opacity = fc.oneof(fc.constant(255), fc.constant(0), byte);

export const arbitraryColour = (opacities = opacity): fc.Arbitrary<Colour> =>
  fc.record({ red: byte, green: byte, blue: byte, opacity: opacities });

export const arbitraryPalette = (most = 12): fc.Arbitrary<Colour[]> =>
  fc.array(arbitraryColour(), { minLength: 1, maxLength: most });

/** A small picture of any pixels. */
export const arbitraryPicture = (opacities = opacity): fc.Arbitrary<Pixels> =>
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
    .chain(([width, height]) =>
      fc
        .array(arbitraryColour(opacities), { minLength: width * height, maxLength: width * height })
        .map((colours) => pictureOf(width, height, (i) => colours[i])),
    );

/** The picture whose pixel `i`, row by row, has this colour. */
export function pictureOf(width: number, height: number, colourAt: (i: number) => Colour): Pixels {
  const rgba = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const { red, green, blue, opacity } = colourAt(i);
    rgba.set([red, green, blue, opacity], 4 * i);
  }
  return { width, height, rgba };
}
