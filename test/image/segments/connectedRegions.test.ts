import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { connectedRegions, type Connectivity } from '../../../electron/image/segments/connectedRegions';
import { regionFacts } from '../../../electron/image/segments/regionFacts';
import { connectivity, floodFill, smallPicture } from './floodFill';

const orderOf = (length: number, seed: number): number[] =>
  Array.from({ length }, (_, i) => i).sort(
    (i, j) => (((i + 1) * (2 * seed + 1)) % 251) - (((j + 1) * (2 * seed + 1)) % 251) || i - j,
  );

test('regions are those of a flood fill, from whichever pixel it begins', () => {
  fc.assert(
    fc.property(smallPicture, connectivity, fc.nat(100), (picture, connectivity, seed) => {
      const { index, width, height } = picture;
      const expected = floodFill(picture, connectivity, orderOf(index.length, seed));
      const regions = connectedRegions(index, width, height, connectivity);
      expect(regions.count).toBe(expected.length);
      expected.forEach((pixels, region) => {
        expect(pixels.every((i) => regions.label[i] === region)).toBe(true);
        expect(regions.area[region]).toBe(pixels.length);
        expect(regions.paletteIndex[region]).toBe(index[pixels[0]]);
      });
    }),
  );
});

test('a turned picture has the same areas, and areas add up to its pixels', () => {
  fc.assert(
    fc.property(smallPicture, connectivity, ({ index, width, height }, connectivity) => {
      const turned = index.map((_, i) => index[(i % height) * width + Math.floor(i / height)]);
      const { area } = connectedRegions(index, width, height, connectivity);
      expect([...connectedRegions(turned, height, width, connectivity).area]).toEqual([...area]);
      expect(area.reduce((sum, own) => sum + own, 0)).toBe(width * height);
    }),
  );
});

test('a diagonal of a checkerboard hangs together by corners only', () => {
  const board = Uint8Array.from({ length: 64 }, (_, i) => ((i % 8) + Math.floor(i / 8)) % 2);
  expect(connectedRegions(board, 8, 8).count).toBe(64);
  expect([...connectedRegions(board, 8, 8, 8).area]).toEqual([32, 32]);
});

test('a spiral is one region, and so is what lies between its arms', () => {
  // Ones of the rows: 7 + 1 + 6 + 3 + 5 + 2 + 7 = 31 of 49.
  const spiral = ['1111111', '0000001', '1111101', '1000101', '1011101', '1000001', '1111111'].join('');
  const index = Uint8Array.from(spiral, Number);
  const { count, area } = connectedRegions(index, 7, 7);
  expect({ count, area: [...area] }).toEqual({ count: 2, area: [31, 18] });
});

interface LabelCase {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly string[];
  readonly regions: Record<
    `${Connectivity}`,
    readonly {
      readonly colour: number;
      readonly area: number;
      readonly first: number;
      readonly box: readonly [top: number, bottom: number, left: number, right: number];
      readonly centroid: readonly [y: number, x: number];
      readonly mean: number;
    }[]
  >;
}

test.each<Connectivity>([4, 8])('regions and their facts are those of scipy.ndimage, %i-connected', (way) => {
  const file = path.join(import.meta.dirname, '../data/connectedRegions.json');
  const { width, height, rows, regions } = JSON.parse(readFileSync(file, 'utf8')) as LabelCase;
  const index = Uint8Array.from(rows.join(''), (digit) => parseInt(digit, 36));
  // The script measures this grey as the picture's original.
  const rgba = Uint8Array.from({ length: 4 * index.length }, (_, at) =>
    at % 4 === 3 ? 255 : (7 * (at >> 2)) % 256,
  );
  const found = connectedRegions(index, width, height, way);
  const facts = regionFacts(found, { width, height, rgba });
  expect(found.count).toBe(regions[way].length);
  regions[way].forEach((expected, region) => {
    expect(found.area[region]).toBe(expected.area);
    expect(found.label[expected.first]).toBe(region);
    expect(found.paletteIndex[region]).toBe(expected.colour);
    const box = [facts.top[region], facts.bottom[region], facts.left[region], facts.right[region]];
    expect(box).toEqual(expected.box);
    expect(facts.centroidY[region]).toBeCloseTo(expected.centroid[0], 10);
    expect(facts.centroidX[region]).toBeCloseTo(expected.centroid[1], 10);
    expect(facts.meanColour[4 * region + 1]).toBeCloseTo(expected.mean, 10);
  });
});
