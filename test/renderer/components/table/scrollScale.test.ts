import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrollScale } from '../../../../renderer/components/table/scrollScale';

describe('scrollScale', () => {
  it('a content within the limit scrolls by its own pixels', () => {
    const scale = scrollScale(6528, 600, 8_000_000);
    expect(scale.ratio).toBe(1);
    expect(scale.toOffset(1234)).toBe(1234);
    expect(scale.scrollRangePx).toBe(5928);
  });

  it('a content that fits does not scroll', () => {
    const scale = scrollScale(240, 600);
    expect(scale.scrollRangePx).toBe(0);
    expect(scale.toOffset(0)).toBe(0);
    expect(scale.toScroll(50)).toBe(0);
  });

  it('a million rows of 24 px stay below what Chromium can lay out', () => {
    // 2^25 px, less a screen.
    expect(scrollScale(24_000_000, 600).scrollRangePx).toBeLessThan(33_554_432 - 2000);
    expect(scrollScale(24e9, 600).scrollRangePx).toBeLessThan(33_554_432 - 2000);
  });

  it('both ends meet exactly, though browsers round positions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e10 }), fc.integer({ min: 1, max: 5000 }), (content, view) => {
        const scale = scrollScale(content, view);
        expect(scale.toOffset(0)).toBe(0);
        expect(scale.toOffset(Math.floor(scale.scrollRangePx))).toBe(scale.contentRangePx);
        expect(scale.toScroll(scale.contentRangePx)).toBe(scale.scrollRangePx);
      }),
    );
  });

  it('an offset comes back through the position of the element, within a pixel of it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 1e9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (content, share) => {
          const scale = scrollScale(content, 600);
          const offset = share * scale.contentRangePx;
          const back = scale.toOffset(scale.toScroll(offset));
          expect(Math.abs(back - offset)).toBeLessThanOrEqual(0.5 * scale.ratio + 1e-6 * content);
        },
      ),
    );
  });
});
