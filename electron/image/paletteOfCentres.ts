import type { Colour, ColourSpace } from '../../shared/image/quantisation';
import { colourAt } from './colourSpaces';

/** Centres that have become colours, in the order of the palette. */
export interface PaletteOfCentres {
  readonly palette: readonly Colour[];
  /** Pixels of each colour. */
  readonly counts: Float64Array;
  /** A row of d for each colour. */
  readonly centres: Float64Array;
  /** k: the place of each centre in the palette, -1 for those left out. */
  readonly place: Int32Array;
}

/**
 * Rounds centres (k x d, `weight` pixels each) to colours: the locked ones, all different, first and as they were given, then those
 * of most pixels first. Centres without pixels are left out, unless locked; of centres that round to the same colour
 * the one of most pixels gets those of all.
 */
export function paletteOfCentres(
  centres: Float64Array,
  weight: Float64Array,
  d: number,
  space: ColourSpace,
  locked: readonly Colour[],
): PaletteOfCentres {
  const isLocked = (j: number): boolean => j < locked.length;
  const order = [...weight.keys()]
    .filter((j) => isLocked(j) || weight[j] > 0)
    .sort((a, b) => (isLocked(a) || isLocked(b) ? a - b : weight[b] - weight[a] || a - b));
  const places = new Map<string, number>();
  const palette: Colour[] = [];
  const counts: number[] = [];
  const kept: number[] = [];
  const placeOf = new Int32Array(weight.length).fill(-1);
  for (const j of order) {
    const colour = isLocked(j) ? locked[j] : colourAt(space, centres.subarray(j * d, (j + 1) * d));
    const name = `${colour.red},${colour.green},${colour.blue},${colour.opacity}`;
    const place = places.get(name);
    if (place !== undefined) {
      counts[place] += weight[j];
      placeOf[j] = place;
      continue;
    }
    placeOf[j] = palette.length;
    places.set(name, palette.length);
    palette.push(colour);
    counts.push(weight[j]);
    kept.push(j);
  }
  const rows = new Float64Array(kept.length * d);
  kept.forEach((j, at) => rows.set(centres.subarray(j * d, (j + 1) * d), at * d));
  return { palette, counts: Float64Array.from(counts), centres: rows, place: placeOf };
}
