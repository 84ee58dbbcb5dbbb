import fc from 'fast-check';
import type { Connectivity } from '../../../electron/image/segments/connectedRegions';

/** An index picture of few colours, so that regions are of every size. */
export interface SmallPicture {
  readonly width: number;
  readonly height: number;
  readonly index: Uint8Array;
}

export const connectivity = fc.constantFrom<Connectivity[]>(4, 8);

/** Noise, and blocks of one colour with holes in them. */
export const smallPicture: fc.Arbitrary<SmallPicture> = fc
  .record({
    width: fc.integer({ min: 1, max: 14 }),
    height: fc.integer({ min: 1, max: 14 }),
    colours: fc.integer({ min: 1, max: 5 }),
    block: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ width, height, colours, block }) =>
    fc
      .record({
        coarse: fc.array(fc.nat(colours - 1), { minLength: 14 * 14, maxLength: 14 * 14 }),
        holes: fc.array(fc.record({ at: fc.nat(width * height - 1), colour: fc.nat(colours - 1) }), {
          maxLength: 12,
        }),
      })
      .map(({ coarse, holes }) => {
        const index = Uint8Array.from({ length: width * height }, (_, i) => {
          const x = Math.floor((i % width) / block);
          return coarse[14 * Math.floor(Math.floor(i / width) / block) + x];
        });
        for (const { at, colour } of holes) index[at] = colour;
        return { width, height, index };
      }),
  );

/** Pixels that touch one. */
export function touching(width: number, height: number, i: number, connectivity: Connectivity): number[] {
  const [x, y] = [i % width, Math.floor(i / width)];
  const found: number[] = [];
  for (let v = y - 1; v <= y + 1; v++) {
    for (let u = x - 1; u <= x + 1; u++) {
      const isCorner = u !== x && v !== y;
      if (u < 0 || v < 0 || u >= width || v >= height || (u === x && v === y)) continue;
      if (connectivity === 8 || !isCorner) found.push(v * width + u);
    }
  }
  return found;
}

/** Regions as lists of pixels: the largest first, of equal ones that whose first pixel in reading order comes first. */
export function floodFill(
  { width, height, index }: SmallPicture,
  connectivity: Connectivity,
  order: readonly number[] = Array.from(index.keys()),
): number[][] {
  const isSeen = new Set<number>();
  const regions: number[][] = [];
  for (const seed of order) {
    if (isSeen.has(seed)) continue;
    isSeen.add(seed);
    const region = [seed];
    for (const pixel of region) {
      for (const other of touching(width, height, pixel, connectivity)) {
        if (index[other] !== index[seed] || isSeen.has(other)) continue;
        isSeen.add(other);
        region.push(other);
      }
    }
    regions.push(region.sort((i, j) => i - j));
  }
  return regions.sort((one, other) => other.length - one.length || one[0] - other[0]);
}
