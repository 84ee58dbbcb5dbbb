import { describe, expect, it } from 'vitest';
import { bitsPerPixel, indexedSize, pngBitDepth } from '../../../shared/image/bitWidth';
import { readCases } from '../../reference/referenceCase';

describe('the bits of a picture of few colours', () => {
  it('are those of exact arithmetic, for every number of colours of the reference', () => {
    const [reference] = readCases('bit-width');
    for (const row of reference.expected.rows) {
      const size = indexedSize(640 * 427, row.K);
      expect(size.bitsPerPixel).toBe(row.bits_per_pixel);
      expect(size.indexBytes).toBe(row.index_bytes_640x427);
      expect(size.paletteBytes).toBe(row.palette_bytes);
      expect(size.totalBytes).toBe(row.total_bytes);
      expect(size.ratio).toBe(row.ratio_to_24_bit);
      expect(pngBitDepth(row.K)).toBe(row.png_bit_depth);
    }
  });

  it('tell every colour from the others, and one bit fewer would not', () => {
    for (let colours = 1; colours <= 256; colours++) {
      expect(2 ** bitsPerPixel(colours)).toBeGreaterThanOrEqual(colours);
      if (colours > 1) expect(2 ** (bitsPerPixel(colours) - 1)).toBeLessThan(colours);
      expect(pngBitDepth(colours)).toBeGreaterThanOrEqual(bitsPerPixel(colours));
    }
  });
});
