import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectedRegions } from '../../../electron/image/segments/connectedRegions';
import { regionFacts } from '../../../electron/image/segments/regionFacts';
import { paletteWords } from '../../../electron/image/paletteWords';
import { fadedWords, outline, pixelsOfPick, rowsOfRegion } from '../../../electron/image/view/picked';
import type { PictureRegion } from '../../../shared/image/picture';

const grey = (level: number) => ({ red: level, green: level, blue: level, opacity: 255 });

/** A picture of two colours, a region of it, and a part that is shown. */
const cases = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([width, height]) =>
    fc.record({
      size: fc.constant({ width, height }),
      index: fc.uint8Array({ minLength: width * height, maxLength: width * height, max: 1 }),
      number: fc.nat(),
      corner: fc.tuple(fc.nat(width - 1), fc.nat(height - 1)),
      opposite: fc.tuple(fc.nat(width - 1), fc.nat(height - 1)),
    }),
  )
  .map(({ size: { width, height }, index, number, corner, opposite }) => {
    const regions = connectedRegions(index, width, height);
    const facts = regionFacts(regions, { width, height, rgba: new Uint8Array(4 * width * height) });
    const region = number % regions.count;
    const box: PictureRegion = {
      left: facts.left[region],
      top: facts.top[region],
      width: facts.right[region] - facts.left[region] + 1,
      height: facts.bottom[region] - facts.top[region] + 1,
    };
    const [left, right] = [corner[0], opposite[0]].sort((a, b) => a - b);
    const [top, bottom] = [corner[1], opposite[1]].sort((a, b) => a - b);
    const shown: PictureRegion = { left, top, width: right - left + 1, height: bottom - top + 1 };
    return { width, index, shape: { label: regions.label, region, box }, shown };
  });

describe('a picked region', () => {
  it('is drawn with its own words and all else with the faint ones, whatever part is shown', () => {
    fc.assert(
      fc.property(cases, ({ width, index, shape, shown }) => {
        const rows = rowsOfRegion(index, shape, width, Uint32Array.of(10, 11), Uint32Array.of(20, 21));
        for (let y = shown.top; y < shown.top + shown.height; y++) {
          const row = rows.row(y, shown.left, shown.left + shown.width);
          for (let x = 0; x < shown.width; x++) {
            const at = y * width + shown.left + x;
            expect(row[x]).toBe((shape.label[at] === shape.region ? 10 : 20) + index[at]);
          }
        }
      }),
    );
  });

  it('has the pixels of a view at its own size that are its own', () => {
    fc.assert(
      fc.property(cases, ({ width, shape, shown }) => {
        const isIn = pixelsOfPick(shape, width, shown, shown);
        for (let i = 0; i < isIn.length; i++) {
          const at = (shown.top + Math.floor(i / shown.width)) * width + shown.left + (i % shown.width);
          expect(isIn[i]).toBe(Number(shape.label[at] === shape.region));
        }
      }),
    );
  });

  it('is seen however much smaller the view is, where any of it is shown', () => {
    fc.assert(
      fc.property(cases, fc.nat(), fc.nat(), ({ width, shape, shown }, across, down) => {
        const size = { width: 1 + (across % shown.width), height: 1 + (down % shown.height) };
        const isShown = pixelsOfPick(shape, width, shown, shown).includes(1);
        expect(pixelsOfPick(shape, width, shown, size).includes(1)).toBe(isShown);
      }),
    );
  });

  it('has a line around it that leaves its own pixels alone', () => {
    const rgba = new Uint8Array(4 * 9).fill(200);
    outline({ width: 3, height: 3, rgba }, Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0), grey(10));
    const levels = [...rgba].filter((_, i) => i % 4 === 0);
    expect(levels).toEqual([200, 0, 200, 0, 200, 0, 200, 0, 200]);
    // Around a light pick it is white.
    outline({ width: 3, height: 3, rgba }, Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0), grey(250));
    expect([rgba[4], rgba[12]]).toEqual([255, 255]);
  });
});

describe('what is not picked', () => {
  it('is grey, as opaque as it was, and far from what is picked', () => {
    const level = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(level, level, level, level, level, (red, green, blue, opacity, picked) => {
        const [word] = fadedWords(paletteWords([{ red, green, blue, opacity }]), grey(picked));
        const faint = word & 255;
        expect([(word >>> 8) & 255, (word >>> 16) & 255, word >>> 24]).toEqual([faint, faint, opacity]);
        expect(Math.abs(faint - picked)).toBeGreaterThan(35);
      }),
    );
  });
});
