import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { colourHistogram } from '../../electron/image/colourHistogram';
import { joinHistograms } from '../../electron/image/joinHistograms';
import type { Pixels } from '../../shared/image/pixels';

/** Few levels, so that colours come again, and every kind of opacity. */
const level = fc.constantFrom(0, 1, 128, 254, 255);
const picture = fc
  .array(fc.tuple(level, level, level, level), { minLength: 1, maxLength: 60 })
  .map((colours): Pixels => ({ width: colours.length, height: 1, rgba: Uint8Array.from(colours.flat()) }));

describe('joined histograms', () => {
  it('are the histogram of one picture beside the other', () => {
    fc.assert(
      fc.property(picture, picture, (first, second) => {
        const both: Pixels = {
          width: first.width + second.width,
          height: 1,
          rgba: Uint8Array.of(...first.rgba, ...second.rgba),
        };
        expect(joinHistograms(colourHistogram(first), colourHistogram(second))).toEqual(
          colourHistogram(both),
        );
      }),
    );
  });
});
