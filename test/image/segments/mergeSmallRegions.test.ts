import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectedRegions, type Connectivity } from '../../../electron/image/segments/connectedRegions';
import { mergeSmallRegions } from '../../../electron/image/segments/mergeSmallRegions';
import type { Colour } from '../../../shared/image/quantisation';
import { connectivity, floodFill, smallPicture, touching, type SmallPicture } from './floodFill';

const grey = (level: number, opacity = 255): Colour => ({ red: level, green: level, blue: level, opacity });
const opaque = [grey(0), grey(50), grey(100), grey(150), grey(251)];
/** The third entry is transparent. */
const withTransparent = opaque.map((colour, i) => (i === 2 ? grey(0, 0) : colour));

/** The rule as it is written, on pixels, slowly. A region is numbered by its lowest part in the first picture. */
function bySteps(picture: SmallPicture, palette: readonly Colour[], smallest: number, way: Connectivity) {
  const { width, height } = picture;
  const index = picture.index.slice();
  const first = connectedRegions(index, width, height, way).label;
  for (;;) {
    const regions = floodFill({ width, height, index }, way);
    const number = (region: readonly number[]) => Math.min(...region.map((i) => first[i]));
    const small = regions
      .filter((region) => region.length < smallest && palette[index[region[0]]].opacity > 0)
      .sort((one, other) => one.length - other.length || number(other) - number(one));
    const choice = small
      .map((region) => ({ region, target: targetOf(region, regions, number) }))
      .find(({ target }) => target !== null);
    if (!choice?.target) return index;
    const colour = index[choice.target[0]];
    for (const i of choice.region) index[i] = colour;
  }

  function targetOf(
    region: readonly number[],
    regions: readonly (readonly number[])[],
    number: (region: readonly number[]) => number,
  ): readonly number[] | null {
    const own = palette[index[region[0]]];
    const sides = (other: readonly number[], connectivity: Connectivity) =>
      region.flatMap((i) => touching(width, height, i, connectivity)).filter((i) => other.includes(i)).length;
    const distance = (other: readonly number[]) => {
      const theirs = palette[index[other[0]]];
      return 3 * (own.red - theirs.red) ** 2 + (own.opacity - theirs.opacity) ** 2;
    };
    const neighbours = regions.filter(
      (other) => other !== region && palette[index[other[0]]].opacity > 0 && sides(other, way) > 0,
    );
    neighbours.sort(
      (one, other) =>
        sides(other, 4) - sides(one, 4) || distance(one) - distance(other) || number(one) - number(other),
    );
    return neighbours[0] ?? null;
  }
}

const smallest = fc.integer({ min: 1, max: 40 });

test('small regions join one after another as the rule says', () => {
  fc.assert(
    fc.property(
      smallPicture,
      smallest,
      connectivity,
      fc.constantFrom(opaque, withTransparent),
      (picture, smallest, way, palette) => {
        const { index, width, height } = picture;
        const merged = mergeSmallRegions(index, width, height, palette, smallest, way);
        expect([...merged]).toEqual([...bySteps(picture, palette, smallest, way)]);
      },
    ),
    { numRuns: 150 },
  );
});

test('no region below the size is left unless it is the whole picture, and nothing is left to do', () => {
  fc.assert(
    fc.property(smallPicture, smallest, connectivity, ({ index, width, height }, smallest, way) => {
      const merged = mergeSmallRegions(index, width, height, opaque, smallest, way);
      const { area, count } = connectedRegions(merged, width, height, way);
      expect(count === 1 || area[count - 1] >= smallest).toBe(true);
      expect([...mergeSmallRegions(merged, width, height, opaque, smallest, way)]).toEqual([...merged]);
    }),
    { numRuns: 500 },
  );
});

test('transparent pixels stay so, and no other becomes it', () => {
  fc.assert(
    fc.property(smallPicture, smallest, connectivity, ({ index, width, height }, smallest, way) => {
      const merged = mergeSmallRegions(index, width, height, withTransparent, smallest, way);
      expect([...merged.map((own) => Number(own === 2))]).toEqual([...index.map((own) => Number(own === 2))]);
    }),
  );
});

test('a speck joins the neighbour around most of it, and between equals the nearer colour', () => {
  // The speck 1 has two sides at 4 and one each at 0 and 3.
  const most = Uint8Array.from('444444' + '441000' + '433333', Number);
  expect(mergeSmallRegions(most, 6, 3, opaque, 2)[8]).toBe(4);
  // One side each at 0, 3, left and right: 50 is nearer to 0 than to 150.
  const equal = Uint8Array.from('000133333', Number);
  expect(mergeSmallRegions(equal, 9, 1, opaque, 2)[3]).toBe(0);
});

test('an outline of a thousand parts does not keep a noisy picture from being merged', () => {
  const side = 300;
  let state = 7;
  const index = Uint8Array.from({ length: side * side }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 24) % 5;
  });
  const merged = mergeSmallRegions(index, side, side, opaque, 200, 8);
  const { area, count } = connectedRegions(merged, side, side, 8);
  expect(count).toBeGreaterThan(1);
  expect(area[count - 1]).toBeGreaterThanOrEqual(200);
});
