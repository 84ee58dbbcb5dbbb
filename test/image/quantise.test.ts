import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distortionOf } from '../../electron/image/distortionOf';
import { paint, painted } from '../../electron/image/paint';
import { quantise, type FitSpecification } from '../../electron/image/quantise';
import type { Quantised } from '../../electron/image/quantised';
import type { Pixels } from '../../shared/image/pixels';
import type { Colour, ColourSpace } from '../../shared/image/quantisation';
import { arbitraryColour, arbitraryPicture } from './arbitraryPicture';
import { drawnPicture } from './drawnPicture';
import { readPicture } from './readPicture';
import { compiled, plain } from './workplaces';

const textbook: FitSpecification = { space: 'srgb', locked: [], restarts: 3, seed: 1 };
const spaces: readonly ColourSpace[] = ['srgb', 'linear', 'lab', 'oklab'];
const arbitrarySpace = fc.constantFrom(...spaces);

/** All of it, or the failure thrown. */
function found(
  pixels: Pixels,
  colours: number,
  specification = textbook,
  ...rest: Parameters<typeof quantise> extends [unknown, unknown, unknown, unknown?, ...infer R] ? R : never
): Quantised {
  const result = quantise(pixels, colours, specification, plain(), ...rest);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** J of the picture painted with a palette. */
const paintedDistortion = (pixels: Pixels, palette: readonly Colour[]): number => {
  const index = paint(pixels, palette, { kind: 'none' }, 'srgb');
  return distortionOf(pixels, painted(index, palette, pixels.width, pixels.height), 'srgb');
};

/** Colours of the pixels, all wholly transparent ones as one. */
const coloursOf = ({ rgba }: Pixels): Map<string, number> => {
  const counts = new Map<string, number>();
  for (let i = 0; i < rgba.length; i += 4) {
    const name = rgba[i + 3] === 0 ? '0,0,0,0' : rgba.subarray(i, i + 4).join(',');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
};
const nameOf = ({ red, green, blue, opacity }: Colour): string => [red, green, blue, opacity].join(',');

describe('quantise', () => {
  it('gives never more colours than were asked for, and counts every pixel once', () => {
    fc.assert(
      fc.property(arbitraryPicture(), fc.integer({ min: 2, max: 40 }), arbitrarySpace, (pixels, k, space) => {
        const { palette, counts, centres, d } = found(pixels, k, { ...textbook, space });
        expect(palette.length).toBeLessThanOrEqual(k);
        expect(counts.length).toBe(palette.length);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(pixels.width * pixels.height);
        expect(centres.length).toBe(d * palette.filter(({ opacity }) => opacity > 0).length);
        expect(new Set(palette.map(nameOf)).size).toBe(palette.length);
      }),
    );
  });

  it('gives back exactly the colours of a picture that has no more than were asked for', () => {
    fc.assert(
      fc.property(
        arbitraryPicture(),
        arbitrarySpace,
        fc.integer({ min: 0, max: 3 }),
        (pixels, space, spare) => {
          const own = coloursOf(pixels);
          const { palette, counts, distortion } = found(pixels, own.size + spare, { ...textbook, space });
          expect(new Map(palette.map((colour, i) => [nameOf(colour), counts[i]]))).toEqual(own);
          expect(distortion).toBe(0);
        },
      ),
    );
  });

  it('keeps locked colours as they are, first and in their order', () => {
    const locked = fc.uniqueArray(arbitraryColour(fc.constant(255)), {
      minLength: 1,
      maxLength: 4,
      selector: nameOf,
    });
    fc.assert(
      fc.property(arbitraryPicture(), locked, arbitrarySpace, (pixels, colours, space) => {
        const { palette } = found(pixels, colours.length + 3, { ...textbook, space, locked: colours });
        expect(palette.slice(0, colours.length)).toEqual(colours);
        expect(palette.length).toBeLessThanOrEqual(colours.length + 3);
      }),
    );
  });

  it('finds the other colours around locked ones', () => {
    const pixels = drawnPicture(64, 48, 1, 1);
    const free = found(pixels, 8);
    const rest = found(pixels, 8, { ...textbook, locked: free.palette.slice(0, 3) });
    const bad = found(pixels, 8, { ...textbook, locked: [{ red: 255, green: 0, blue: 255, opacity: 255 }] });
    expect(rest.distortion / free.distortion).toBeLessThan(1.02);
    expect(bad.distortion).toBeGreaterThan(free.distortion);
  });

  it('says how many colours are needed when locked and transparent ones leave none', () => {
    const pixels: Pixels = { width: 2, height: 1, rgba: Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 255) };
    expect(quantise(pixels, 1, textbook, plain())).toEqual({
      ok: false,
      failure: { kind: 'tooFewColours', colours: 1, needed: 2 },
    });
  });

  it('gives wholly transparent pixels one colour of their own, the last', () => {
    const { palette, counts } = found(
      { width: 3, height: 1, rgba: Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 255, 9, 9, 9, 0) },
      2,
    );
    expect(palette).toEqual([
      { red: 4, green: 5, blue: 6, opacity: 255 },
      { red: 0, green: 0, blue: 0, opacity: 0 },
    ]);
    expect([...counts]).toEqual([1, 2]);
  });

  it.each(spaces)('never lets the distortion rise, in %s', (space) => {
    const steps: number[] = [];
    const { trace, distortion } = found(
      drawnPicture(80, 60, 1, 7),
      24,
      { ...textbook, space },
      { onStep: ({ phase, distortion: now }) => phase !== 'restart' && steps.push(now) },
    );
    for (let i = 1; i < trace.length; i++) expect(trace[i]).toBeLessThanOrEqual(trace[i - 1]);
    expect(trace[trace.length - 1]).toBe(distortion);
    expect(steps.length).toBeGreaterThan(0);
    expect([...trace].slice(-steps.length)).toEqual(steps);
  });

  it('gives the same bits for the same seed, and the same palette on compiled kernels', () => {
    const pixels = drawnPicture(120, 90, 1, 3);
    const first = found(pixels, 16);
    expect(found(pixels, 16)).toEqual(first);
    const again = quantise(pixels, 16, textbook, compiled(120 * 90, 16));
    if (!again.ok) throw new Error(again.failure.kind);
    expect(again.value.palette).toEqual(first.palette);
    expect(again.value.distortion / first.distortion).toBeCloseTo(1, 9);
  });

  it.each([16, 64])(
    'quickly finds a palette that is 2 % from the best, and no worse than a preview, of %d',
    (k) => {
      const pixels = readPicture('chelsea');
      const [exact, quick, preview] = (['exact', 'quick', 'preview'] as const).map((precision) => {
        const result = quantise(pixels, k, textbook, compiled(1 << 18, k), { precision });
        if (!result.ok) throw new Error(result.failure.kind);
        return paintedDistortion(pixels, result.value.palette);
      });
      expect(quick / exact).toBeLessThan(1.02);
      expect(quick).toBeLessThan(1.001 * preview);
    },
  );

  it('previews not far from the best', () => {
    const pixels = drawnPicture(160, 120, 1, 5);
    const exact = found(pixels, 16);
    const preview = found(pixels, 16, textbook, { precision: 'preview' });
    expect(preview.distortion / exact.distortion).toBeLessThan(1.2);
    expect(preview.palette.length).toBe(16);
  });

  it('stops when it is told to', () => {
    const result = quantise(drawnPicture(64, 48, 1, 1), 8, textbook, plain(), { shouldStop: () => true });
    expect(result).toEqual({ ok: false, failure: { kind: 'cancelled' } });
  });
});
