import type { Colour } from '../../shared/image/quantisation';
import type { ColourHistogram } from './colourHistogram';
import type { ColourBounds } from './coloursForGoal';

/** What a picture and the locked colours ask of a palette. */
export interface ColourNeeds extends ColourBounds {
  /** Locked colours that can be seen, each once. */
  readonly seen: readonly Colour[];
  /** Whether one of the palette's is transparent. */
  readonly hasTransparent: boolean;
  /** Colours of the picture that are not locked. */
  readonly others: number;
}

/** Most colours of a palette: as many as a byte tells apart. */
const mostColours = 256;

/**
 * The fewest colours a palette must have (the locked ones, one for what is transparent, one for the rest), and the most
 * that are of use.
 */
export function colourNeeds(histogram: ColourHistogram, locked: readonly Colour[]): ColourNeeds {
  const seen = distinctColours(locked.filter(({ opacity }) => opacity > 0));
  const hasTransparent = histogram.transparent > 0 || locked.some(({ opacity }) => opacity === 0);
  const others = otherColours(histogram, seen);
  const kept = seen.length + Number(hasTransparent);
  return {
    seen,
    hasTransparent,
    others,
    fewest: kept + Math.min(1, others),
    most: Math.min(mostColours, kept + others),
  };
}

/** 32 bits that tell a colour from others. */
export const wordOf = ({ red, green, blue, opacity }: Colour): number =>
  (red | (green << 8) | (blue << 16) | (opacity << 24)) >>> 0;

const distinctColours = (colours: readonly Colour[]): Colour[] => [
  ...new Map(colours.map((colour) => [wordOf(colour), colour])).values(),
];

function otherColours({ size, rgba }: ColourHistogram, locked: readonly Colour[]): number {
  if (locked.length === 0) return size;
  const words = new Set(locked.map(wordOf));
  let others = 0;
  for (let i = 0; i < size; i++) if (!words.has(wordOf(colourOf(rgba, i)))) others++;
  return others;
}

/** The colour at place i of `rgba`. */
export const colourOf = (rgba: Uint8Array, i: number): Colour => ({
  red: rgba[4 * i],
  green: rgba[4 * i + 1],
  blue: rgba[4 * i + 2],
  opacity: rgba[4 * i + 3],
});
