import type { Pixels } from '../../shared/image/pixels';
import type { Workplace } from '../engine/selection/workplace';
import { spatialColours, type FoundWithPlaces, type SpatialSearch } from './spatialColours';

/** Pixels that stand for the picture. By eye: a square of one is a few points of the screen. */
const mostSampled = 65_536;

/** Fewer pixels that can be seen for each centre are no picture. By eye. */
const sampledPerCentre = 16;

/** What is there within 300 ms. Measured. */
const effort = { mostCells: 16_384, tolerance: 1e-3, maxIterations: 10 };

/**
 * `spatialColours` of every so manieth pixel of every so manieth row: those around go with it. The distortion is that of
 * the sample, taken to all pixels; the weights are pixels.
 */
export function previewWithPlaces(search: SpatialSearch, workplace: Workplace): FoundWithPlaces | null {
  const { pixels, k } = search;
  const { sample, step } = sampleOf(
    pixels,
    k,
    Math.max(1, Math.ceil(Math.sqrt((pixels.width * pixels.height) / mostSampled))),
  );
  const found = spatialColours({ ...search, pixels: sample, restarts: 1 }, workplace, effort);
  if (found === null) return null;
  const label = enlarged(found.label, sample.width, step, pixels, k);
  const weight = new Float64Array(k + 1);
  for (let i = 0; i < label.length; i++) weight[label[i]]++;
  const times = sum(weight.subarray(0, k)) / sum(found.weight);
  return {
    ...found,
    label,
    weight: weight.slice(0, k),
    distortion: found.distortion * times,
    trace: found.trace.map((distortion) => distortion * times),
  };
}

/** Every `step`th pixel, or more where too few of those can be seen. */
function sampleOf(pixels: Pixels, k: number, step: number): { sample: Pixels; step: number } {
  const width = Math.ceil(pixels.width / step);
  const height = Math.ceil(pixels.height / step);
  const rgba = new Uint8Array(4 * width * height);
  let seen = 0;
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      const from = 4 * (y * step * pixels.width + x * step);
      for (let channel = 0; channel < 4; channel++) rgba[at + channel] = pixels.rgba[from + channel];
      if (rgba[at + 3] > 0) seen++;
    }
  return seen < sampledPerCentre * k && step > 1
    ? sampleOf(pixels, k, Math.ceil(step / 2))
    : { sample: { width, height, rgba }, step };
}

/** The labels of a sample for all pixels; `k` for wholly transparent ones, and for no others. */
function enlarged(
  label: Uint8Array,
  labelWidth: number,
  step: number,
  { width, height, rgba }: Pixels,
  k: number,
): Uint8Array {
  const all = new Uint8Array(width * height);
  let last = 0;
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / step) * labelWidth;
    for (let x = 0; x < width; x++, i++) {
      const own = label[row + Math.floor(x / step)];
      // At a transparent edge the pixel may be seen and its sample not: it goes with the one before.
      if (own < k) last = own;
      all[i] = rgba[4 * i + 3] === 0 ? k : last;
    }
  }
  return all;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
