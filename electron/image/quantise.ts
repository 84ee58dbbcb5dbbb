import type { Pixels } from '../../shared/image/pixels';
import type { Colour, ColourSpace, QuantisationSpecification } from '../../shared/image/quantisation';
import { failed, ok, type Result } from '../../shared/result';
import type { Workplace } from '../engine/selection/workplace';
import { colourHistogram, type ColourHistogram } from './colourHistogram';
import { coloursInSpace } from './colourSpaces';
import { paletteOfCentres } from './paletteOfCentres';
import type { QuantisationFailure, QuantisationStep, Quantised } from './quantised';
import { searchCentres, type FoundCentres } from './searchCentres';

/** What of a specification finding so many colours needs. */
export type FitSpecification = Pick<QuantisationSpecification, 'space' | 'locked' | 'restarts' | 'seed'>;

export interface QuantiseOptions {
  /** Of the picture, where it is at hand. */
  readonly histogram?: ColourHistogram;
  /** `preview`: within 300 ms, and a few per cent from the best. @default 'exact' */
  readonly precision?: 'exact' | 'preview';
  readonly shouldStop?: () => boolean;
  readonly onStep?: (step: QuantisationStep) => void;
}

/**
 * Finds at most `colours` colours that a picture is painted with at the least distortion: k-means of its pixels in the
 * space, by their distinct colours and how many have each, which is the same J. A picture that has no more colours comes
 * back exactly. Locked colours stay, wholly transparent pixels take one colour of their own. Same seed, same bits.
 */
export function quantise(
  pixels: Pixels,
  colours: number,
  { space, locked, restarts, seed }: FitSpecification,
  workplace: Workplace,
  options: QuantiseOptions = {},
): Result<Quantised, QuantisationFailure> {
  const { shouldStop = () => false, onStep = () => undefined, precision = 'exact' } = options;
  const histogram = options.histogram ?? colourHistogram(pixels);
  const seen = distinctColours(locked.filter(({ opacity }) => opacity > 0));
  const hasTransparent = histogram.transparent > 0 || locked.some(({ opacity }) => opacity === 0);
  const others = otherColours(histogram, seen);
  const needed = seen.length + Number(hasTransparent) + Math.min(1, others);
  if (needed > colours) return failed({ kind: 'tooFewColours', colours, needed });

  const d = histogram.opaque < histogram.size || seen.some(({ opacity }) => opacity < 255) ? 4 : 3;
  const points = coloursInSpace(space, histogram.rgba, d);
  const k = colours - Number(hasTransparent);
  const isExact = others <= k - seen.length;
  const lockedPoints = seen.map((colour) => pointOf(colour, space, d));
  const found = isExact
    ? ownColours(histogram, points, d, seen, lockedPoints)
    : searchCentres(
        {
          histogram,
          points: { x: points, weight: histogram.count, n: histogram.size, d },
          ...{ k, locked: lockedPoints, seed, restarts, precision, shouldStop, onStep },
        },
        workplace,
      );
  if (found === null) return failed({ kind: 'cancelled' });
  const { palette, counts, centres } = paletteOfCentres(found.centres, found.weight, d, space, seen);
  return ok({
    space,
    palette: hasTransparent ? [...palette, transparentColour] : palette,
    counts: hasTransparent ? Float64Array.of(...counts, histogram.transparent) : counts,
    ...{ d, centres },
    distortion: found.distortion,
    trace: Float64Array.from(found.trace),
    restartsAtBest: found.restartsAtBest,
    converged: found.converged,
  });
}

const transparentColour: Colour = { red: 0, green: 0, blue: 0, opacity: 0 };

/** 32 bits that tell a colour from others. */
const wordOf = ({ red, green, blue, opacity }: Colour): number =>
  (red | (green << 8) | (blue << 16) | (opacity << 24)) >>> 0;

const distinctColours = (colours: readonly Colour[]): Colour[] => [
  ...new Map(colours.map((colour) => [wordOf(colour), colour])).values(),
];

/** Colours of the picture that are not locked. */
function otherColours({ size, rgba }: ColourHistogram, locked: readonly Colour[]): number {
  if (locked.length === 0) return size;
  const words = new Set(locked.map(wordOf));
  let others = 0;
  for (let i = 0; i < size; i++) if (!words.has(wordOf(colourOf(rgba, i)))) others++;
  return others;
}

const colourOf = (rgba: Uint8Array, i: number): Colour => ({
  red: rgba[4 * i],
  green: rgba[4 * i + 1],
  blue: rgba[4 * i + 2],
  opacity: rgba[4 * i + 3],
});

const pointOf = ({ red, green, blue, opacity }: Colour, space: ColourSpace, d: 3 | 4): Float64Array =>
  coloursInSpace(space, Uint8Array.of(red, green, blue, opacity), d);

/** Every colour its own centre, behind the locked ones: no pixel is off. */
function ownColours(
  { size, rgba, count }: ColourHistogram,
  points: Float64Array,
  d: number,
  locked: readonly Colour[],
  lockedPoints: readonly Float64Array[],
): FoundCentres {
  const places = new Map(locked.map((colour, j) => [wordOf(colour), j]));
  const weight = locked.map(() => 0);
  const centres = lockedPoints.map((point) => [...point]);
  for (let i = 0; i < size; i++) {
    const place = places.get(wordOf(colourOf(rgba, i)));
    if (place === undefined) {
      centres.push([...points.subarray(i * d, (i + 1) * d)]);
      weight.push(count[i]);
    } else weight[place] += count[i];
  }
  return {
    centres: Float64Array.from(centres.flat()),
    weight: Float64Array.from(weight),
    distortion: 0,
    trace: [0],
    restartsAtBest: 1,
    converged: true,
  };
}
