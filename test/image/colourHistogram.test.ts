import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellPerColour, cellsOfColours, coarseHistogram } from '../../electron/image/coarseHistogram';
import { colourHistogram, mortonKey } from '../../electron/image/colourHistogram';
import { coloursInSpace } from '../../electron/image/colourSpaces';
import type { Pixels } from '../../shared/image/pixels';
import { arbitraryPicture } from './arbitraryPicture';

describe('colourHistogram', () => {
  it('counts each distinct colour, and wholly transparent pixels apart', () => {
    fc.assert(fc.property(arbitraryPicture(), checkHistogram));
  });

  it('counts a picture of millions of pixels in its table as a small one', () => {
    const width = 1600;
    const height = 1000;
    const rgba = new Uint8Array(4 * width * height);
    let state = 1;
    for (let i = 0; i < rgba.length; i++) {
      state = (Math.imul(1664525, state) + 1013904223) >>> 0;
      rgba[i] = i % 4 === 3 ? (state >>> 24 < 250 ? 255 : state >>> 24) : (state >>> 29) * 3;
    }
    checkHistogram({ width, height, rgba });
  });
});

function checkHistogram(pixels: Pixels): void {
  const { rgba } = pixels;
  const expected = new Map<string, number>();
  let transparent = 0;
  for (let i = 0; i < rgba.length; i += 4) {
    const name = rgba.subarray(i, i + 4).join(',');
    if (rgba[i + 3] === 0) transparent++;
    else expected.set(name, (expected.get(name) ?? 0) + 1);
  }
  const histogram = colourHistogram(pixels);
  const found = new Map(
    Array.from(histogram.count, (count, i) => [histogram.rgba.subarray(4 * i, 4 * i + 4).join(','), count]),
  );
  expect(found).toEqual(expected);
  expect(histogram.size).toBe(expected.size);
  expect(histogram.transparent).toBe(transparent);
  const keys = Array.from({ length: histogram.opaque }, (_, i) =>
    mortonKey(histogram.rgba[4 * i], histogram.rgba[4 * i + 1], histogram.rgba[4 * i + 2]),
  );
  expect(keys).toEqual([...keys].sort((a, b) => a - b));
}

describe('coarseHistogram', () => {
  it('keeps weight, mean and scatter of all colours', () => {
    fc.assert(
      fc.property(
        arbitraryPicture(fc.constant(255)),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 7 }),
        (pixels, bits, fewer) => {
          const histogram = colourHistogram(pixels);
          const x = coloursInSpace('srgb', histogram.rgba, 3);
          const points = { x, weight: histogram.count, n: histogram.size, d: 3 };
          const cells = coarseHistogram(cellPerColour(histogram, points), bits);
          const all = scatter(x, histogram.count);
          // Cells of cells are cells too.
          for (const { weight, n, within, ...own } of [
            cells,
            coarseHistogram(cells, Math.max(1, bits - fewer)),
          ]) {
            const between = scatter(own.x, weight);
            expect(weight.length).toBe(n);
            expect(between.mass).toBe(all.mass);
            expect(between.about + within).toBeCloseTo(all.about, 4);
          }
          if (bits === 8) expect(cells.n).toBe(histogram.size);
        },
      ),
    );
  });
});

describe('cellsOfColours', () => {
  it('finds the cells of more colours than it looks at together', () => {
    const rgba = new Uint8Array(4 * 300 * 300);
    let state = 1;
    for (let i = 0; i < rgba.length; i++) {
      state = (Math.imul(1664525, state) + 1013904223) >>> 0;
      rgba[i] = i % 4 === 3 ? 255 : (state >>> 24) & 0x7f;
    }
    const histogram = colourHistogram({ width: 300, height: 300, rgba });
    const x = coloursInSpace('srgb', histogram.rgba, 3);
    const points = { x, weight: histogram.count, n: histogram.size, d: 3 };
    const found = cellsOfColours(histogram, (from, to) => x.subarray(3 * from, 3 * to), 3, 3);
    const { cell: _, ...expected } = coarseHistogram(cellPerColour(histogram, points), 3);
    expect(histogram.size).toBeGreaterThan(60_000);
    expect([...found.key].map((key) => key >>> 15)).toEqual([...expected.key].map((key) => key >>> 15));
    expect(found.weight).toEqual(expected.weight);
    expect(found.within / expected.within).toBeCloseTo(1, 12);
    found.x.forEach((mean, at) => expect(mean).toBeCloseTo(expected.x[at], 10));
  });
});

/** All weight, and the weighted squared distances to zero. */
function scatter(x: Float64Array, weight: Float64Array): { mass: number; about: number } {
  let [mass, about] = [0, 0];
  for (let i = 0; i < weight.length; i++) {
    mass += weight[i];
    for (let a = 0; a < 3; a++) about += weight[i] * x[3 * i + a] ** 2;
  }
  return { mass, about };
}
