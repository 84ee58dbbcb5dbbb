import { GIFEncoder } from 'gifenc';
import type { FrameTimes } from '../../../shared/image/frames';
import type { Colour } from '../../../shared/image/quantisation';

/** Opacity from which a pixel of a GIF is there; it knows no halves. */
const leastOpacity = 128;

const mostNumbers = 256;

/**
 * A GIF of palette numbers. It has one number for "nothing here": colours that are less than half opaque all become the
 * first of them, the others opaque; decoded it is the painted picture where opacities are 0 and 255.
 *
 * index    width x height, row by row, all below the length of the palette; of an animation its frames one under another
 * palette  1 to 256 colours
 * times    of an animation; null: it is one picture
 * failures a side of more than 65,535 pixels is a bug of the caller: `fitsGif` tells
 */
export function encodeGif(
  index: Uint8Array,
  palette: readonly Colour[],
  width: number,
  height: number,
  times: FrameTimes | null = null,
): Uint8Array {
  const frames = times?.delaysMs.length ?? 1;
  const frameHeight = height / frames;
  if (!fitsGif(width, frameHeight)) throw new RangeError('a GIF has at most 65,535 pixels a side');
  const clear = palette.findIndex(({ opacity }) => opacity < leastOpacity);
  const numbers = palette.map(({ opacity }, colour) => (opacity < leastOpacity ? clear : colour));
  const shown = clear < 0 ? index : index.map((colour) => numbers[colour] ?? colour);
  const frameSize = width * frameHeight;
  const isKept = frames > 1 && !isWiped(shown, frameSize, clear);
  // What stays as it was is left out, where there is a number for that.
  const hole = isKept && clear < 0 && palette.length < mostNumbers ? palette.length : clear;
  const colours = palette.map(({ red, green, blue }) => [red, green, blue] as const);
  const gif = GIFEncoder();
  for (let frame = 0; frame < frames; frame++) {
    const from = frame * frameSize;
    const own = shown.subarray(from, from + frameSize);
    const before = isKept && hole >= 0 && frame > 0 ? shown.subarray(from - frameSize, from) : null;
    gif.writeFrame(before === null ? own : changed(own, before, hole), width, frameHeight, {
      ...(frame === 0 && { palette: hole === palette.length ? [...colours, [0, 0, 0] as const] : colours }),
      transparent: hole >= 0,
      transparentIndex: Math.max(0, hole),
      ...(times !== null && { delay: times.delaysMs[frame], dispose: isKept ? 1 : 2 }),
      // The file tells how often it is shown again.
      repeat: times === null || times.timesShown === 1 ? -1 : Math.max(0, times.timesShown - 1),
    });
  }
  gif.finish();
  return gif.bytes();
}

/** Whether a pixel that was there is there no more in the next frame. */
function isWiped(shown: Uint8Array, frameSize: number, clear: number): boolean {
  if (clear < 0) return false;
  for (let i = frameSize; i < shown.length; i++)
    if (shown[i] === clear && shown[i - frameSize] !== clear) return true;
  return false;
}

/** A frame with holes where it is as the one before. */
const changed = (own: Uint8Array, before: Uint8Array, hole: number): Uint8Array =>
  own.map((number, i) => (number === before[i] ? hole : number));

/** True when the format has room for so many pixels a side. */
const fitsGif = (width: number, height: number): boolean => width <= 0xffff && height <= 0xffff;
