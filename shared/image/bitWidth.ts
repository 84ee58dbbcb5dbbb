/**
 * Bits that tell one of `colours` colours from the others: ceil(log2 colours), 0 for one colour. Counted on whole
 * numbers, so that no rounding of a logarithm is in it.
 */
export function bitsPerPixel(colours: number): number {
  return colours > 1 ? 32 - Math.clz32(colours - 1) : 0;
}

/** The smallest number of bits a pixel of an indexed PNG may have that tells `colours` <= 256 colours apart. */
export function pngBitDepth(colours: number): 1 | 2 | 4 | 8 {
  if (colours <= 2) return 1;
  if (colours <= 4) return 2;
  return colours <= 16 ? 4 : 8;
}

/** What a picture takes as numbers of colours, before any packing. */
export interface IndexedSize {
  readonly bitsPerPixel: number;
  /** The numbers, packed over the whole picture, in bytes. */
  readonly indexBytes: number;
  /** Three bytes a colour. */
  readonly paletteBytes: number;
  readonly totalBytes: number;
  /** 24 bits a pixel over `totalBytes`. */
  readonly ratio: number;
}

/** The lecture's sum: a picture of so many pixels as numbers of `colours` colours and the colours themselves. */
export function indexedSize(pixels: number, colours: number): IndexedSize {
  const indexBytes = Math.ceil((pixels * bitsPerPixel(colours)) / 8);
  const totalBytes = indexBytes + 3 * colours;
  return {
    bitsPerPixel: bitsPerPixel(colours),
    indexBytes,
    paletteBytes: 3 * colours,
    totalBytes,
    ratio: (3 * pixels) / totalBytes,
  };
}
