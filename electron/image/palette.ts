import type { Colour, ColourSpace, Swatch } from '../../shared/image/quantisation';
import { colourAt, coloursInSpace } from './colourSpaces';

/** A palette after a change, and where its entries went. */
export interface ChangedPalette {
  readonly swatches: readonly Swatch[];
  /** The new index of each old one. */
  readonly moved: Uint8Array;
}

/**
 * Makes two swatches one, in the place of the first of them: their mean in the space, weighted by their pixels
 * (premultiplied by opacity). A locked colour stays as it is, unless both are locked.
 */
export function mergeSwatches(
  swatches: readonly Swatch[],
  one: number,
  other: number,
  space: ColourSpace,
): ChangedPalette {
  const kept = Math.min(one, other);
  const gone = Math.max(one, other);
  const pair = [swatches[kept], swatches[gone]];
  const locked = pair.filter(({ isLocked }) => isLocked);
  const merged: Swatch = {
    colour: locked.length === 1 ? locked[0].colour : meanColour(pair, space),
    pixels: pair[0].pixels + pair[1].pixels,
    isLocked: locked.length > 0,
  };
  return withoutEntry(replaced(swatches, kept, merged), gone, kept);
}

/**
 * Takes a swatch out; its pixels go to the nearest of the others in the space, of equally near ones the first. Painting
 * anew would ask each pixel's own colour instead. The last swatch of a palette cannot be taken out: null.
 */
export function deleteSwatch(
  swatches: readonly Swatch[],
  gone: number,
  space: ColourSpace,
): ChangedPalette | null {
  if (swatches.length < 2) return null;
  const points = pointsOf(
    swatches.map(({ colour }) => colour),
    space,
  );
  let heir = -1;
  let least = Infinity;
  for (let i = 0; i < swatches.length; i++) {
    const distance = squaredDistance(points, i, gone);
    if (i !== gone && distance < least) [heir, least] = [i, distance];
  }
  const own = swatches[heir];
  const grown = replaced(swatches, heir, { ...own, pixels: own.pixels + swatches[gone].pixels });
  return withoutEntry(grown, gone, heir);
}

/** Gives a swatch a colour that was chosen, and locks it, so that the next fit keeps it. */
export function recolourSwatch(swatches: readonly Swatch[], at: number, colour: Colour): Swatch[] {
  return replaced(swatches, at, { ...swatches[at], colour, isLocked: true });
}

/** Says whether the next fit has to keep a colour. */
export function lockSwatch(swatches: readonly Swatch[], at: number, isLocked: boolean): Swatch[] {
  return replaced(swatches, at, { ...swatches[at], isLocked });
}

/** The same colours and locks over another picture: swatches counted from the index picture it was painted with. */
export function countSwatches(swatches: readonly Swatch[], index: Uint8Array): Swatch[] {
  const pixels = new Float64Array(swatches.length);
  for (let i = 0; i < index.length; i++) pixels[index[i]]++;
  return swatches.map((swatch, i) => ({ ...swatch, pixels: pixels[i] }));
}

/** An index picture after its palette changed. */
export function moveIndices(index: Uint8Array, { moved }: ChangedPalette): Uint8Array {
  return index.map((old) => moved[old]);
}

function withoutEntry(swatches: readonly Swatch[], gone: number, heir: number): ChangedPalette {
  const place = (old: number): number => (old > gone ? old - 1 : old);
  return {
    swatches: swatches.filter((_, i) => i !== gone),
    moved: Uint8Array.from(swatches, (_, old) => place(old === gone ? heir : old)),
  };
}

function replaced(swatches: readonly Swatch[], at: number, swatch: Swatch): Swatch[] {
  return swatches.map((own, i) => (i === at ? swatch : own));
}

/** Swatches that no pixel has weigh the same. */
function meanColour(swatches: readonly Swatch[], space: ColourSpace): Colour {
  const points = pointsOf(
    swatches.map(({ colour }) => colour),
    space,
  );
  const total = swatches.reduce((sum, { pixels }) => sum + pixels, 0);
  const mean = new Float64Array(4);
  swatches.forEach(({ pixels }, i) => {
    const weight = total > 0 ? pixels / total : 1 / swatches.length;
    for (let a = 0; a < 4; a++) mean[a] += weight * points[4 * i + a];
  });
  return colourAt(space, mean);
}

/** Premultiplied, 4 numbers a colour. */
function pointsOf(colours: readonly Colour[], space: ColourSpace): Float64Array {
  const rgba = Uint8Array.from(
    colours.flatMap(({ red, green, blue, opacity }) => [red, green, blue, opacity]),
  );
  return coloursInSpace(space, rgba, 4);
}

function squaredDistance(points: Float64Array, one: number, other: number): number {
  let sum = 0;
  for (let a = 0; a < 4; a++) sum += (points[4 * one + a] - points[4 * other + a]) ** 2;
  return sum;
}
