import type { Pixels } from '../../shared/image/pixels';
import type { Colour, ColourSpace, QuantisationSpecification } from '../../shared/image/quantisation';
import { failed, ok, type Result } from '../../shared/result';
import type { Workplace } from '../engine/selection/workplace';
import { colourHistogram, type ColourHistogram } from './colourHistogram';
import type { ColourCells } from './coarseHistogram';
import { colourNeeds, colourOf, wordOf } from './colourNeeds';
import { channelRange, coloursInSpace } from './colourSpaces';
import type { WeightedPoints } from './partition';
import { overPixels } from './overPixels';
import { paletteOfCentres } from './paletteOfCentres';
import type { QuantisationFailure, QuantisationStep, Quantised } from './quantised';
import { searchCentres, type FoundCentres, type SearchPrecision } from './searchCentres';
import { softColours, type SoftColours } from './softColours';
import { previewWithPlaces } from './previewWithPlaces';
import { spatialColours } from './spatialColours';

/** What of a specification finding so many colours needs. */
export type FitSpecification = Pick<QuantisationSpecification, 'space' | 'locked' | 'restarts' | 'seed'> &
  Partial<Pick<QuantisationSpecification, 'method' | 'spatialWeight'>>;

export interface QuantiseOptions {
  /** Of the picture, where it is at hand. */
  readonly histogram?: ColourHistogram;
  /** `preview`: within 300 ms, and a few per cent from the best; `quick`: about 1 % from it. @default 'exact' */
  readonly precision?: SearchPrecision;
  readonly shouldStop?: () => boolean;
  readonly onStep?: (step: QuantisationStep) => void;
  /** Gives the cells of a preview in so many coordinates: `make` makes them, and every number of colours needs the same. */
  readonly cellsMade?: (d: number, make: () => ColourCells) => ColourCells;
}

/**
 * Finds at most `colours` colours that a picture is painted with at the least distortion: k-means of its pixels in the
 * space, by their distinct colours and how many have each, which is the same J. A picture that has no more colours comes
 * back exactly. Locked colours stay, wholly transparent pixels take one colour of their own. Same seed, same bits.
 */
export function quantise(
  pixels: Pixels,
  colours: number,
  specification: FitSpecification,
  workplace: Workplace,
  options: QuantiseOptions = {},
): Result<Quantised, QuantisationFailure> {
  const { shouldStop = () => false, onStep = () => undefined, precision = 'exact' } = options;
  const { cellsMade = (_, make) => make() } = options;
  const { space, locked, restarts, seed, method = 'kmeans', spatialWeight = 0 } = specification;
  if (method === 'gaussian' && spatialWeight > 0) return failed({ kind: 'mixtureOfPlaces' });
  const histogram = options.histogram ?? colourHistogram(pixels);
  const { seen, hasTransparent, others, fewest } = colourNeeds(histogram, locked);
  if (fewest > colours) return failed({ kind: 'tooFewColours', colours, needed: fewest });

  const d = histogram.opaque < histogram.size || seen.some(({ opacity }) => opacity < 255) ? 4 : 3;
  const pointsOf = (from: number, to: number): Float64Array =>
    coloursInSpace(space, histogram.rgba.subarray(4 * from, 4 * to), d);
  const allPoints = (): WeightedPoints => {
    const n = histogram.size;
    return { x: pointsOf(0, n), weight: histogram.count, n, d };
  };
  const lockedPoints = seen.map((colour) => pointOf(colour, space, d));
  const k = colours - Number(hasTransparent);
  const search = { k, locked: lockedPoints, seed, restarts, shouldStop, onStep };
  const finish = (found: FoundCentres, assigned: Assigned = nearest): Quantised => {
    const { palette, counts, centres, place } = paletteOfCentres(found.centres, found.weight, d, space, seen);
    return {
      space,
      palette: hasTransparent ? [...palette, transparentColour] : palette,
      counts: hasTransparent ? Float64Array.of(...counts, histogram.transparent) : counts,
      d,
      centres,
      distortion: found.distortion,
      trace: Float64Array.from(found.trace),
      objective: assigned.soft === null ? 'distortion' : 'logLikelihood',
      index: assigned.label && inPalette(assigned.label, place, palette.length),
      mixture: assigned.soft && {
        space,
        d,
        params: assigned.soft.params,
        place: assigned.soft.centreOf.map((j) => place[j]),
      },
      restartsAtBest: found.restartsAtBest,
      converged: found.converged,
    };
  };

  if (others <= k - seen.length)
    return ok(finish(ownColours(histogram, allPoints().x, d, seen, lockedPoints)));
  if (spatialWeight > 0) {
    const find = precision === 'preview' ? previewWithPlaces : spatialColours;
    const found = find({ ...search, pixels, space, d, spatialWeight }, workplace);
    return found === null
      ? failed({ kind: 'cancelled' })
      : ok(finish(found, { ...nearest, label: found.label }));
  }
  const found = searchCentres(
    { ...search, histogram, d, pointsOf, precision, cellsMade: (make) => cellsMade(d, make) },
    workplace,
  );
  if (found === null) return failed({ kind: 'cancelled' });
  if (method === 'kmeans') return ok(finish(found));
  const points = allPoints();
  const mixture = softColours(
    histogram,
    points,
    found.centres,
    channelRange[space] / 255,
    workplace,
    precision,
    shouldStop,
  );
  if (mixture === null) return failed({ kind: 'cancelled' });
  const label = overPixels(pixels, histogram, withLast(mixture.label, k), (length) => new Uint8Array(length));
  const distortion = distortionOf(points, mixture.label, mixture.centres);
  return ok(finish({ ...found, ...mixture, distortion }, { label, soft: mixture }));
}

/** Which centre a pixel belongs to, where that is not the nearest. */
interface Assigned {
  /** Of each pixel; k for wholly transparent ones. */
  readonly label: Uint8Array | null;
  /** Of a mixture. */
  readonly soft: Pick<SoftColours, 'params' | 'centreOf'> | null;
}

const nearest: Assigned = { label: null, soft: null };

const transparentColour: Colour = { red: 0, green: 0, blue: 0, opacity: 0 };

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

/** Labels of centres, and of nothing to be seen behind them, as places in the palette. */
function inPalette(label: Uint8Array, place: Int32Array, transparent: number): Uint8Array {
  const places = withLast(Uint8Array.from(place), transparent);
  const out = new Uint8Array(label.length);
  for (let i = 0; i < label.length; i++) out[i] = places[label[i]];
  return out;
}

function withLast(values: Uint8Array, last: number): Uint8Array {
  const all = new Uint8Array(values.length + 1);
  all.set(values);
  all[values.length] = last;
  return all;
}

/** sum_i w_i |x_i - centre|^2 for given labels. */
function distortionOf({ x, weight, n, d }: WeightedPoints, label: Uint8Array, centres: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < n; i++)
    for (let a = 0; a < d; a++) sum += weight[i] * (x[i * d + a] - centres[label[i] * d + a]) ** 2;
  return sum;
}
