import { pngBitDepth } from '../../../../shared/image/bitWidth';
import type { Colour } from '../../../../shared/image/quantisation';
import type { PngOptimiser } from './loadPngOptimiser';
import { packBits } from './packBits';
import { compressedRows, pngFile, pngHeader, type PngChunk } from './pngFile';

export interface IndexedPngOptions {
  /**
   * Makes the file some 3 % (to 4 bits) or 8 % (8 bits) smaller, and the same on every machine; takes about a third
   * of a second a million pixels. Without it zlib compresses, whose bytes may change with its version.
   */
  readonly optimise?: PngOptimiser;
}

/**
 * A PNG of palette numbers, with the fewest bits a pixel that tell its colours apart: 1, 2, 4 or 8. Numbers and palette
 * stand in the file as they are given, opacities in its tRNS. Decoded it is the painted picture.
 *
 * index    width x height, row by row, all below the length of the palette
 * palette  1 to 256 colours
 */
export async function encodeIndexedPng(
  index: Uint8Array,
  palette: readonly Colour[],
  width: number,
  height: number,
  options: IndexedPngOptions = {},
): Promise<Uint8Array> {
  const depth = pngBitDepth(palette.length);
  const rows = packBits(index, width, height, depth);
  const rowBytes = rows.length / height;
  const compress = options.optimise ?? ((...given) => compressedRows(...given, quickLevel(depth)));
  const data = await compress(rows, rowBytes);
  return pngFile([
    pngHeader(width, height, depth, 'indexed'),
    ...paletteChunks(palette),
    { type: 'IDAT', data },
  ]);
}

/** Numbers of 8 bits seldom repeat for long: at 6 zlib takes twice the time of 4 for 0.4 % of the size. Measured. */
const quickLevel = (depth: number): number => (depth === 8 ? 4 : 6);

/** The palette, and the opacities as far as the last that is not opaque (W3C PNG 3rd edition, 11.2.2 and 11.3.1.1). */
function paletteChunks(palette: readonly Colour[]): PngChunk[] {
  const colours = Uint8Array.from(palette.flatMap(({ red, green, blue }) => [red, green, blue]));
  const clear = palette.findLastIndex(({ opacity }) => opacity < 255) + 1;
  const chunks: PngChunk[] = [{ type: 'PLTE', data: colours }];
  if (clear > 0) {
    chunks.push({ type: 'tRNS', data: Uint8Array.from(palette.slice(0, clear), ({ opacity }) => opacity) });
  }
  return chunks;
}
