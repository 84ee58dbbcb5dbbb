import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectedRegions } from '../../../electron/image/segments/connectedRegions';
import { colourSummary } from '../../../electron/image/segments/colourSummary';
import { labelMap } from '../../../electron/image/segments/labelMap';
import { mask, regionAt } from '../../../electron/image/segments/mask';
import { meanColours } from '../../../electron/image/segments/meanColours';
import { perimeters } from '../../../electron/image/segments/perimeters';
import { areaInUnits, areaUnit, lengthInUnits } from '../../../shared/image/pictureScale';
import { connectivity, smallPicture, touching } from './floodFill';

/** A picture of 0 and 1, and the perimeter of its ones. */
function perimeterOf(size: number, isInside: (x: number, y: number) => boolean): number {
  const index = Uint8Array.from({ length: size * size }, (_, i) =>
    Number(isInside(i % size, Math.floor(i / size))),
  );
  const regions = connectedRegions(index, size, size);
  return perimeters(regions)[regions.paletteIndex.indexOf(1)];
}

test('the outline of a disc is within 2 % of 2 pi r', () => {
  for (const radius of [20, 50, 100]) {
    const middle = radius + 3.3;
    const found = perimeterOf(2 * radius + 8, (x, y) => (x - middle) ** 2 + (y - middle) ** 2 < radius ** 2);
    expect(Math.abs(found / (2 * Math.PI * radius) - 1)).toBeLessThan(0.02);
  }
});

test('outlines are what lines in four directions cross, and the edge of the picture is outline', () => {
  fc.assert(
    fc.property(smallPicture, connectivity, ({ index, width, height }, connectivity) => {
      const regions = connectedRegions(index, width, height, connectivity);
      const expected = new Float64Array(regions.count);
      // Neighbours of another region or of none: 4 beside, 4 across corners.
      regions.label.forEach((own, i) => {
        const same = (way: 4 | 8) =>
          touching(width, height, i, way).filter((other) => regions.label[other] === own).length;
        const straight = 4 - same(4);
        const diagonal = 4 - (same(8) - same(4));
        expected[own] += (Math.PI / 8) * (straight + diagonal / Math.SQRT2);
      });
      perimeters(regions).forEach((found, region) => expect(found).toBeCloseTo(expected[region], 9));
    }),
  );
});

test('masks of all regions partition the picture, and so do masks of all colours', () => {
  fc.assert(
    fc.property(smallPicture, connectivity, ({ index, width, height }, connectivity) => {
      const regions = connectedRegions(index, width, height, connectivity);
      for (const [picture, values] of [
        [regions.label, regions.count],
        [index, 5],
      ] as const) {
        const white = new Uint8Array(index.length);
        for (let value = 0; value < values; value++) {
          mask(picture, value).forEach((own, i) => (white[i] += own === 255 ? 1 : 0));
        }
        expect(white.every((count) => count === 1)).toBe(true);
      }
    }),
  );
});

test('a colour has the pixels, the share and the regions that its regions have together', () => {
  fc.assert(
    fc.property(smallPicture, connectivity, ({ index, width, height }, connectivity) => {
      const regions = connectedRegions(index, width, height, connectivity);
      const rgba = Uint8Array.from({ length: 4 * index.length }, (_, at) => (at * 37) % 256);
      const summary = colourSummary(index, 6, regions, { width, height, rgba });
      expect(summary.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(summary.reduce((sum, { regions }) => sum + regions, 0)).toBe(regions.count);
      summary.forEach(({ pixels, meanColour }, colour) => {
        expect(pixels).toBe(index.filter((own) => own === colour).length);
        expect(meanColour === null).toBe(pixels === 0);
      });
    }),
  );
});

test('a mean colour counts pixels by their opacity, and what is wholly transparent not at all', () => {
  // Worked by hand: (200 * 255 + 100 * 51) / 306 = 183.33.
  const rgba = Uint8Array.of(200, 0, 0, 255, 100, 0, 0, 51, 9, 9, 9, 0, 9, 9, 9, 0);
  const mean = meanColours(Uint8Array.of(0, 0, 0, 1), 2, { width: 4, height: 1, rgba });
  expect(mean[0]).toBeCloseTo(550 / 3, 12);
  expect([...mean.subarray(1)]).toEqual([0, 0, 102, 0, 0, 0, 0]);
});

test('a label map begins at 1 and takes two bytes a pixel from the 256th region on', () => {
  for (const count of [1, 255, 256]) {
    const { label, unnumbered } = labelMap(
      connectedRegions(
        Uint8Array.from({ length: count }, (_, i) => i % 2),
        count,
        1,
      ),
    );
    expect([...label]).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    expect(label.BYTES_PER_ELEMENT).toBe(count < 256 ? 1 : 2);
    expect(unnumbered).toBe(0);
  }
});

test('regions past the 65535th have no number, and are counted', () => {
  const index = Uint8Array.from({ length: 70_000 }, (_, i) => i % 2);
  const { label, unnumbered } = labelMap(connectedRegions(index, 70_000, 1));
  expect([label[65_534], label[65_535], label[69_999], unnumbered]).toEqual([65_535, 0, 0, 4465]);
});

test('a click inside the picture finds its region, one outside finds none', () => {
  const regions = connectedRegions(Uint8Array.of(0, 0, 1, 0, 0, 1), 3, 2);
  expect(regionAt(regions, 2.9, 1.2)).toBe(1);
  expect(regionAt(regions, 0, 0)).toBe(0);
  for (const [x, y] of [
    [3, 0],
    [-0.1, 0],
    [0, 2],
    [NaN, 0],
  ])
    expect(regionAt(regions, x, y)).toBeNull();
});

test('ten pixels a millimetre make a hundred pixels a square millimetre', () => {
  const scale = { pixelsPerUnit: 10, unit: 'mm' };
  expect([lengthInUnits(25, scale), areaInUnits(250, scale), areaUnit(scale)]).toEqual([2.5, 2.5, 'mm²']);
});
