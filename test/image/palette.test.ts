import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countSwatches,
  deleteSwatch,
  lockSwatch,
  mergeSwatches,
  moveIndices,
  recolourSwatch,
} from '../../electron/image/palette';
import { paint } from '../../electron/image/paint';
import type { Colour, ColourSpace, Swatch } from '../../shared/image/quantisation';

const grey = (level: number, opacity = 255): Colour => ({ red: level, green: level, blue: level, opacity });
const swatch = (colour: Colour, pixels: number, isLocked = false): Swatch => ({ colour, pixels, isLocked });

const channel = fc.integer({ min: 0, max: 255 });
const anyColour = fc.record({ red: channel, green: channel, blue: channel, opacity: channel });
const space = fc.constantFrom<ColourSpace[]>('srgb', 'linear', 'lab', 'oklab');

/** A palette counted over an index picture. */
const painted = fc
  .array(fc.record({ colour: anyColour, isLocked: fc.boolean() }), { minLength: 2, maxLength: 12 })
  .chain((entries) =>
    fc.array(fc.nat(entries.length - 1), { minLength: 1, maxLength: 60 }).map((picture) => {
      const index = Uint8Array.from(picture);
      return {
        index,
        swatches: countSwatches(
          entries.map((entry) => ({ ...entry, pixels: 0 })),
          index,
        ),
      };
    }),
  );

test('after merging and deleting, each swatch has the pixels that the moved picture gives it', () => {
  fc.assert(
    fc.property(painted, space, fc.nat(), fc.nat(), ({ index, swatches }, space, first, second) => {
      const one = first % swatches.length;
      const other = (one + 1 + (second % (swatches.length - 1))) % swatches.length;
      const deleted = deleteSwatch(swatches, one, space);
      if (deleted === null) throw new Error('Two swatches leave one.');
      for (const changed of [mergeSwatches(swatches, one, other, space), deleted]) {
        expect(countSwatches(changed.swatches, moveIndices(index, changed))).toEqual(changed.swatches);
      }
    }),
  );
});

test('merged swatches are their mean by pixels in sRGB, and none but the pair moves', () => {
  const swatches = [swatch(grey(0), 5), swatch(grey(100), 30), swatch(grey(250), 1), swatch(grey(200), 10)];
  const { swatches: after, moved } = mergeSwatches(swatches, 3, 1, 'srgb');
  // (30 * 100 + 10 * 200) / 40 = 125.
  expect(after).toEqual([swatches[0], swatch(grey(125), 40), swatches[2]]);
  expect([...moved]).toEqual([0, 1, 2, 1]);
});

test('half black and half white light is the mean in linear light, not in sRGB', () => {
  const pair = [swatch(grey(0), 1), swatch(grey(255), 1)];
  // 255 (1.055 * 0.5^(1 / 2.4) - 0.055) = 187.5.
  expect(mergeSwatches(pair, 0, 1, 'linear').swatches[0].colour).toEqual(grey(188));
  expect(mergeSwatches(pair, 0, 1, 'srgb').swatches[0].colour).toEqual(grey(128));
});

test('merging with a transparent swatch keeps the hue and halves the opacity', () => {
  const pair = [
    swatch({ red: 200, green: 10, blue: 30, opacity: 255 }, 7),
    swatch({ red: 0, green: 255, blue: 0, opacity: 0 }, 7),
  ];
  expect(mergeSwatches(pair, 0, 1, 'srgb').swatches[0].colour).toEqual({
    red: 200,
    green: 10,
    blue: 30,
    opacity: 128,
  });
});

test('a locked colour survives merging, and two swatches without pixels weigh the same', () => {
  const locked = [swatch(grey(10), 90), swatch(grey(200), 1, true)];
  expect(mergeSwatches(locked, 0, 1, 'oklab').swatches).toEqual([swatch(grey(200), 91, true)]);
  const unused = [swatch(grey(10), 0), swatch(grey(20), 0)];
  expect(mergeSwatches(unused, 0, 1, 'srgb').swatches).toEqual([swatch(grey(15), 0)]);
});

test('the pixels of a deleted swatch go to the nearest colour, and the last swatch stays', () => {
  const swatches = [swatch(grey(0), 1), swatch(grey(90), 4), swatch(grey(100), 2, true)];
  const deleted = deleteSwatch(swatches, 1, 'lab');
  expect(deleted?.swatches).toEqual([swatches[0], swatch(grey(100), 6, true)]);
  expect([...(deleted?.moved ?? [])]).toEqual([0, 1, 1]);
  expect(deleteSwatch([swatch(grey(0), 3)], 0, 'lab')).toBeNull();
});

test('a colour that was chosen is locked, and can be unlocked', () => {
  const swatches = [swatch(grey(0), 1), swatch(grey(90), 4)];
  const edited = recolourSwatch(swatches, 1, grey(95));
  expect(edited).toEqual([swatches[0], swatch(grey(95), 4, true)]);
  expect(lockSwatch(edited, 1, false)[1].isLocked).toBe(false);
});

test('a palette laid over another picture keeps its colours and locks, and counts that picture', () => {
  const swatches = [swatch(grey(0), 900), swatch(grey(100), 50, true), swatch(grey(250), 7)];
  const levels = [3, 80, 110, 130, 140];
  const pixels = { width: 5, height: 1, rgba: Uint8Array.from(levels.flatMap((v) => [v, v, v, 255])) };
  const palette = swatches.map(({ colour }) => colour);
  const index = paint(pixels, palette, { kind: 'none' }, 'srgb');
  expect(countSwatches(swatches, index)).toEqual([
    swatch(grey(0), 1),
    swatch(grey(100), 4, true),
    swatch(grey(250), 0),
  ]);
});
