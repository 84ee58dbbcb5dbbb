import type { Colour, ColourSpace } from '../../shared/image/quantisation';
import { coloursInSpace } from './colourSpaces';

/** Colours of a palette that a pixel may be painted with, as points to be compared. */
export interface Candidates {
  /** Where in the palette each is; ascending. */
  readonly index: Uint8Array;
  /** Coordinates of a point: 3, or 4 premultiplied with opacity, as `coloursInSpace` has them. */
  readonly d: 3 | 4;
  /** candidates x d. */
  readonly points: Float64Array;
}

/** For opaque pixels: every colour that can be seen. With opaque colours alone opacity need not be compared. */
export function candidatesOfOpaque(palette: readonly Colour[], space: ColourSpace): Candidates {
  const seen = palette.flatMap(({ opacity }, k) => (opacity > 0 ? [k] : []));
  const chosen = seen.length > 0 ? seen : palette.map((_, k) => k);
  return candidatesAt(palette, space, chosen, chosen.every((k) => palette[k].opacity === 255) ? 3 : 4);
}

/** For partly transparent pixels: the whole palette, so that a faint edge may become transparent. */
export function candidatesOfPartly(palette: readonly Colour[], space: ColourSpace): Candidates {
  return candidatesAt(
    palette,
    space,
    palette.map((_, k) => k),
    4,
  );
}

/** What wholly transparent pixels become: the first transparent colour, else the first of the least opaque. */
export function transparentIndex(palette: readonly Colour[]): number {
  const least = Math.min(...palette.map(({ opacity }) => opacity));
  return palette.findIndex(({ opacity }) => opacity === least);
}

function candidatesAt(
  palette: readonly Colour[],
  space: ColourSpace,
  chosen: readonly number[],
  d: 3 | 4,
): Candidates {
  const rgba = Uint8Array.from(
    chosen.flatMap((k) => {
      const { red, green, blue, opacity } = palette[k];
      return [red, green, blue, opacity];
    }),
  );
  return { index: Uint8Array.from(chosen), d, points: coloursInSpace(space, rgba, d) };
}
