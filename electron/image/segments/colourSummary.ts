import type { Pixels } from '../../../shared/image/pixels';
import type { ConnectedRegions } from './connectedRegions';
import { meanColours } from './meanColours';

/** What one colour of the palette covers. */
export interface ColourSummary {
  readonly pixels: number;
  /** Of the picture, 0 to 1. */
  readonly share: number;
  readonly regions: number;
  /** Mean original red, green, blue, opacity of its pixels, 0 to 255, not rounded; null: no pixel has it. */
  readonly meanColour: readonly [number, number, number, number] | null;
}

/**
 * Adds up each of `colours` palette entries.
 *
 * index    palette index of each pixel, all below `colours`
 * regions  those of `index`
 * pixels   the original
 */
export function colourSummary(
  index: Uint8Array,
  colours: number,
  regions: ConnectedRegions,
  pixels: Pixels,
): ColourSummary[] {
  const covered = new Float64Array(colours);
  const pieces = new Int32Array(colours);
  for (let region = 0; region < regions.count; region++) {
    covered[regions.paletteIndex[region]] += regions.area[region];
    pieces[regions.paletteIndex[region]]++;
  }
  const mean = meanColours(index, colours, pixels);
  return Array.from(covered, (own, i) => ({
    pixels: own,
    share: own / index.length,
    regions: pieces[i],
    meanColour: own === 0 ? null : [mean[4 * i], mean[4 * i + 1], mean[4 * i + 2], mean[4 * i + 3]],
  }));
}
