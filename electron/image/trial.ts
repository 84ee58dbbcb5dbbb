import { bitsPerPixel } from '../../shared/image/bitWidth';
import type { Pixels } from '../../shared/image/pixels';
import type { Colour, Dithering, PictureQuality } from '../../shared/image/quantisation';
import { ok } from '../../shared/result';
import type { Result } from '../../shared/result';
import type { ColourHistogram } from './colourHistogram';
import type { SoughtGoal } from './coloursForGoal';
import { painted } from './paint';
import { paintFitted } from './paintFitted';
import { meanSquareError, peakSignalToNoise, pictureQuality } from './pictureQuality';
import type { Quantised } from './quantised';

/** What a trial has to know of a fit. */
export type FittedColours = Pick<Quantised, 'palette' | 'distortion' | 'index' | 'space'>;

/** A picture, and how it is made of few colours. Files and the fit are others' rooms and come as functions. */
export interface Trials<F> {
  readonly pixels: Pixels;
  readonly histogram: ColourHistogram;
  readonly dithering: Dithering;
  readonly fit: (colours: number) => Promise<Result<FittedColours, F>>;
  /** The file as it would be saved. */
  readonly encode: (
    index: Uint8Array,
    palette: readonly Colour[],
    width: number,
    height: number,
  ) => Promise<Uint8Array>;
}

/** What a picture of so many colours comes to. */
export interface CurvePoint {
  /** As many as were asked for; a picture may have fewer. */
  readonly colours: number;
  readonly palette: readonly Colour[];
  readonly bitsPerPixel: number;
  /** Of the file as it would be saved. */
  readonly bytes: number;
  readonly quality: PictureQuality;
  /** J of the fit: all pixels to their centre, squared, in the space; neither rounded nor dithered. */
  readonly distortion: number;
}

/** Everything about one number of colours; the failure is the fit's. */
export async function tryColours<F>(trials: Trials<F>, colours: number): Promise<Result<CurvePoint, F>> {
  const fitted = await trials.fit(colours);
  if (!fitted.ok) return fitted;
  const { palette, distortion } = fitted.value;
  const { index, result } = paintTrial(trials, fitted.value);
  const { width, height } = trials.pixels;
  const file = await trials.encode(index, palette, width, height);
  return ok({
    colours,
    palette,
    bitsPerPixel: bitsPerPixel(palette.length),
    bytes: file.length,
    quality: pictureQuality(trials.pixels, result),
    distortion,
  });
}

/** The one number a goal is about, and nothing dearer: decibels (infinite for an equal picture), similarity, bytes. */
export async function measureForGoal<F>(
  trials: Trials<F>,
  goal: SoughtGoal,
  colours: number,
): Promise<Result<number, F>> {
  const fitted = await trials.fit(colours);
  if (!fitted.ok) return fitted;
  const { palette } = fitted.value;
  const { index, result } = paintTrial(trials, fitted.value);
  const { pixels } = trials;
  if (goal.kind === 'bytes')
    return ok((await trials.encode(index, palette, pixels.width, pixels.height)).length);
  if (goal.measure === 'ssim') return ok(pictureQuality(pixels, result).ssim);
  return ok(peakSignalToNoise(meanSquareError(pixels, result)) ?? Infinity);
}

function paintTrial<F>(
  { pixels, histogram, dithering }: Trials<F>,
  fitted: FittedColours,
): { index: Uint8Array; result: Pixels } {
  const index = paintFitted(pixels, fitted, dithering, histogram);
  return { index, result: painted(index, fitted.palette, pixels.width, pixels.height) };
}
