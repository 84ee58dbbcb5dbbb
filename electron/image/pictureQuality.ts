import type { Pixels } from '../../shared/image/pixels';
import type { PictureQuality } from '../../shared/image/quantisation';
import { framesOf } from './frames';
import { isOpaque } from './luminance';
import { structuralSimilarity } from './structuralSimilarity';

/**
 * How near a picture is to the original of the same size. Where a pixel of either is not opaque, they are compared as
 * seen on black and as seen on white, and the two squares, or similarities, are averaged: so colours nobody sees do
 * not count, and opacity counts as what it changes.
 *
 * Of several frames the similarity is the mean of theirs: no window lies across two.
 *
 * Throws if the sizes differ, which only a bug can cause.
 */
export function pictureQuality(original: Pixels, result: Pixels): PictureQuality {
  if (original.width !== result.width || original.height !== result.height)
    throw new Error('pictures of different sizes were compared');
  const mse = meanSquareError(original, result);
  return { mse, psnr: peakSignalToNoise(mse), ssim: mse === 0 ? 1 : meanSimilarity(original, result) };
}

/** 10 log10(255^2 / mse), decibels; null if there is no error. */
export function peakSignalToNoise(mse: number): number | null {
  return mse === 0 ? null : 10 * Math.log10(255 ** 2 / mse);
}

/**
 * Mean over pixels and the three channels of the squared difference, in steps of 8 bits. Exact for opaque pictures:
 * their squares are whole numbers below 2^53.
 */
export function meanSquareError(original: Pixels, result: Pixels): number {
  const a = original.rgba;
  const b = result.rgba;
  let opaque = 0;
  let seenThrough = 0;
  for (let at = 0; at < a.length; at += 4) {
    if (a[at + 3] === 255 && b[at + 3] === 255) {
      const red = a[at] - b[at];
      const green = a[at + 1] - b[at + 1];
      const blue = a[at + 2] - b[at + 2];
      opaque += red * red + green * green + blue * blue;
    } else seenThrough += squaresOnBothBackdrops(a, b, at);
  }
  return (opaque + seenThrough) / (3 * original.width * original.height);
}

/** Mean of the squared differences on black and on white, summed over the channels, of the pixel at `at`. */
function squaresOnBothBackdrops(a: Uint8Array, b: Uint8Array, at: number): number {
  const opacity = a[at + 3];
  const otherOpacity = b[at + 3];
  const behind = 255 * (otherOpacity - opacity);
  let sum = 0;
  for (let channel = at; channel < at + 3; channel++) {
    const onBlack = a[channel] * opacity - b[channel] * otherOpacity;
    sum += onBlack * onBlack + (onBlack + behind) * (onBlack + behind);
  }
  return sum / (2 * 255 * 255);
}

function meanSimilarity(original: Pixels, result: Pixels): number {
  const frames = framesOf(original);
  const others = framesOf({ ...result, frames: frames.length });
  return frames.reduce((sum, frame, at) => sum + similarity(frame, others[at]), 0) / frames.length;
}

function similarity(original: Pixels, result: Pixels): number {
  const onWhite = structuralSimilarity(original, result, 'white');
  if (isOpaque(original) && isOpaque(result)) return onWhite;
  return (onWhite + structuralSimilarity(original, result, 'black')) / 2;
}
