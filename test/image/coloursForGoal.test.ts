import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloursForGoal } from '../../electron/image/coloursForGoal';
import type { ColoursFound, SoughtGoal } from '../../electron/image/coloursForGoal';
import { failed, ok } from '../../shared/result';

/** What the search finds on a curve given as a function. */
async function found(
  goal: SoughtGoal,
  curve: (colours: number) => number,
  bounds = { fewest: 1, most: 256 },
): Promise<ColoursFound> {
  const result = await coloursForGoal(goal, (colours) => Promise.resolve(ok(curve(colours))), bounds);
  if (!result.ok) throw new Error('the search failed');
  return result.value;
}

const psnr = (atLeast: number): SoughtGoal => ({ kind: 'quality', measure: 'psnr', atLeast });
const ssim = (atLeast: number): SoughtGoal => ({ kind: 'quality', measure: 'ssim', atLeast });
const bytes = (atMost: number): SoughtGoal => ({ kind: 'bytes', atMost });

const decibels = (colours: number): number => 18 + 6.4 * Math.log10(colours) + 0.3 * Math.sin(colours ** 0.3);
const sizes = (colours: number): number => Math.round(900 + 5000 * Math.log2(colours) + 12 * colours);

describe('colours for a goal', () => {
  it('are the fewest that reach a quality, in few trials', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 18.2, max: 33, noNaN: true }), async (atLeast) => {
        const { isReached, best, tried } = await found(psnr(atLeast), decibels);
        expect(isReached).toBe(true);
        expect(decibels(best.colours)).toBeGreaterThanOrEqual(atLeast);
        if (best.colours > 1) expect(decibels(best.colours - 1)).toBeLessThan(atLeast);
        expect(tried.length).toBeLessThanOrEqual(8);
      }),
    );
  });

  it('are the fewest that are similar enough', async () => {
    const similarity = (colours: number): number => 1 - 0.5 * colours ** -0.6;
    for (const atLeast of [0.5, 0.6, 0.9, 0.95, 0.98]) {
      const { best, isReached, tried } = await found(ssim(atLeast), similarity);
      expect(isReached).toBe(true);
      expect(similarity(best.colours)).toBeGreaterThanOrEqual(atLeast);
      if (best.colours > 1) expect(similarity(best.colours - 1)).toBeLessThan(atLeast);
      expect(tried.length).toBeLessThanOrEqual(8);
    }
  });

  it('are the most that fit into a file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1000, max: 60_000 }), async (atMost) => {
        const { isReached, best, tried } = await found(bytes(atMost), sizes);
        expect(isReached).toBe(true);
        expect(sizes(best.colours)).toBeLessThanOrEqual(atMost);
        if (best.colours < 256) expect(sizes(best.colours + 1)).toBeGreaterThan(atMost);
        expect(tried.length).toBeLessThanOrEqual(8);
      }),
    );
  });

  it('that cannot reach a quality are the best there are, and said not to reach it', async () => {
    const { isReached, best } = await found(psnr(60), decibels);
    expect(isReached).toBe(false);
    expect(best).toEqual({ colours: 256, value: decibels(256) });
    const similar = await found(ssim(1), () => 0.9);
    expect(similar.isReached).toBe(false);
  });

  it('that cannot fit into a file are the smallest there are, and said not to fit', async () => {
    const { isReached, best } = await found(bytes(500), sizes);
    expect(isReached).toBe(false);
    expect(best).toEqual({ colours: 1, value: sizes(1) });
  });

  it('are all the picture has where it takes them to be equal', async () => {
    const { isReached, best } = await found(psnr(90), (k) => (k < 37 ? decibels(k) : Infinity), {
      fewest: 2,
      most: 37,
    });
    expect(isReached).toBe(true);
    expect(best).toEqual({ colours: 37, value: Infinity });
  });

  it('reach the goal also where quality rises by fits and starts, and one fewer was tried and does not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 20, max: 40, noNaN: true }), { minLength: 1, maxLength: 256 }),
        fc.double({ min: 20, max: 40, noNaN: true }),
        async (values, atLeast) => {
          const { isReached, best, tried } = await found(psnr(atLeast), (k) => values[k - 1], {
            fewest: 1,
            most: values.length,
          });
          expect(tried.length).toBeLessThanOrEqual(18);
          expect(new Set(tried.map(({ colours }) => colours)).size).toBe(tried.length);
          expect(isReached).toBe(tried.some(({ value }) => value >= atLeast));
          if (!isReached) return;
          expect(best.value).toBeGreaterThanOrEqual(atLeast);
          const before = tried.find(({ colours }) => colours === best.colours - 1);
          if (best.colours > 1) expect(before?.value).toBeLessThan(atLeast);
        },
      ),
    );
  });

  it('are not found where a fit fails, and the failure is handed on', async () => {
    const result = await coloursForGoal(psnr(30), () => Promise.resolve(failed('stopped')), {
      fewest: 1,
      most: 256,
    });
    expect(result).toEqual(failed('stopped'));
  });
});
