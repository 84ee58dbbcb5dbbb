import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsOfPixels } from '../../../electron/image/view/rows';
import { scaleDown, sizeWithin } from '../../../electron/image/view/scaleDown';
import { isOpaque } from '../../../electron/image/luminance';
import type { PictureRegion } from '../../../shared/image/picture';
import type { Pixels } from '../../../shared/image/pixels';
import { arbitraryPicture } from '../arbitraryPicture';

const goesOn = (): boolean => false;

/** The mean of what each pixel of the result covers, as the definition says it. */
function meansByDefinition(
  { width: w, rgba }: Pixels,
  region: PictureRegion,
  width: number,
  height: number,
): Float64Array {
  const out = new Float64Array(4 * width * height);
  const overlap = (from: number, to: number, pixel: number): number =>
    Math.max(0, Math.min(to, pixel + 1) - Math.max(from, pixel));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const mean = [0, 0, 0, 0];
      let area = 0;
      for (let v = 0; v < region.height; v++) {
        for (let u = 0; u < region.width; u++) {
          const covered =
            overlap((x * region.width) / width, ((x + 1) * region.width) / width, u) *
            overlap((y * region.height) / height, ((y + 1) * region.height) / height, v);
          const at = 4 * ((region.top + v) * w + region.left + u);
          const opacity = rgba[at + 3];
          for (let channel = 0; channel < 3; channel++)
            mean[channel] += covered * opacity * rgba[at + channel];
          mean[3] += covered * opacity;
          area += covered;
        }
      }
      for (let channel = 0; channel < 3; channel++)
        out[4 * (y * width + x) + channel] = mean[3] === 0 ? 0 : mean[channel] / mean[3];
      out[4 * (y * width + x) + 3] = mean[3] / area;
    }
  }
  return out;
}

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** A picture, also without a pixel that can be seen through, a region of it, and a size that is not larger. */
const cases = fc.oneof(arbitraryPicture(), arbitraryPicture(fc.constant(255))).chain((pixels) => {
  const { width: across, height: down } = pixels;
  return fc
    .tuple(fc.nat(across - 1), fc.nat(across - 1), fc.nat(down - 1), fc.nat(down - 1), share, share)
    .map(([one, other, upper, lower, x, y]) => {
      const region = {
        left: Math.min(one, other),
        top: Math.min(upper, lower),
        width: Math.abs(one - other) + 1,
        height: Math.abs(upper - lower) + 1,
      };
      const width = Math.max(1, Math.round(x * region.width));
      return { pixels, region, width, height: Math.max(1, Math.round(y * region.height)) };
    });
});

describe('scaling down', () => {
  it('gives each pixel the mean of what it covers, by opacity', () => {
    fc.assert(
      fc.property(cases, ({ pixels, region, width, height }) => {
        fc.pre(width < region.width || height < region.height);
        const scaled = scaleDown(rowsOfPixels(pixels, isOpaque(pixels)), region, width, height, goesOn);
        const means = meansByDefinition(pixels, region, width, height);
        expect(scaled).toMatchObject({ width, height });
        scaled?.rgba.forEach((value, i) => expect(Math.abs(value - means[i])).toBeLessThan(0.5 + 1e-9));
      }),
    );
  });

  it('leaves a region of the same size as it is, also under transparent pixels', () => {
    fc.assert(
      fc.property(cases, ({ pixels, region }) => {
        const { left, top, width, height } = region;
        const same = scaleDown(rowsOfPixels(pixels, isOpaque(pixels)), region, width, height, goesOn);
        for (let y = 0; y < height; y++) {
          const from = 4 * ((top + y) * pixels.width + left);
          expect(same?.rgba.subarray(4 * y * width, 4 * (y + 1) * width)).toEqual(
            pixels.rgba.subarray(from, from + 4 * width),
          );
        }
      }),
    );
  });

  it('gives one colour back as it is, however wide the picture', () => {
    const width = 3001;
    const rgba = new Uint8Array(4 * width * 2).fill(255);
    const scaled = scaleDown(
      rowsOfPixels({ width, height: 2, rgba }, true),
      { left: 0, top: 0, width, height: 2 },
      2,
      1,
      goesOn,
    );
    expect([...(scaled?.rgba ?? [])]).toEqual([255, 255, 255, 255, 255, 255, 255, 255]);
  });

  it('gives nothing once it is stopped', () => {
    const rows = rowsOfPixels({ width: 4, height: 4, rgba: new Uint8Array(64) }, false);
    expect(scaleDown(rows, { left: 0, top: 0, width: 4, height: 4 }, 2, 2, () => true)).toBeNull();
  });
});

describe('the size of a view', () => {
  it('keeps the aspect, fits, and is never larger than the region', () => {
    const region = { left: 0, top: 0, width: 4000, height: 3000 };
    expect(sizeWithin(region, 1000, 800)).toEqual({ width: 1000, height: 750 });
    expect(sizeWithin(region, 2000, 300)).toEqual({ width: 400, height: 300 });
    expect(sizeWithin(region, 8000, 8000)).toEqual({ width: 4000, height: 3000 });
    expect(sizeWithin({ ...region, height: 1 }, 100, 100)).toEqual({ width: 100, height: 1 });
  });
});
