import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { coloursForGoal } from '../../electron/image/coloursForGoal';
import type { SoughtGoal } from '../../electron/image/coloursForGoal';
import { colourHistogram } from '../../electron/image/colourHistogram';
import { paint, painted } from '../../electron/image/paint';
import { pictureQuality } from '../../electron/image/pictureQuality';
import { curveCounts, qualityCurve } from '../../electron/image/qualityCurve';
import { quantise } from '../../electron/image/quantise';
import type { FitSpecification } from '../../electron/image/quantise';
import { measureForGoal, tryColours } from '../../electron/image/trial';
import type { CurvePoint, Trials } from '../../electron/image/trial';
import { bitsPerPixel } from '../../shared/image/bitWidth';
import { failed } from '../../shared/result';
import { drawnPicture } from './drawnPicture';
import { plain } from './workplaces';

const pixels = drawnPicture(40, 31, 4, 9);
const histogram = colourHistogram(pixels);
const specification: FitSpecification = { space: 'srgb', locked: [], restarts: 2, seed: 1 };
const trials: Trials<unknown> = {
  pixels,
  histogram,
  dithering: { kind: 'none' },
  fit: (colours) => Promise.resolve(quantise(pixels, colours, specification, plain(), { histogram })),
  encode: (index) => Promise.resolve(deflateSync(index)),
};

async function pointsOf(some: Trials<unknown>, fewest: number, most: number): Promise<CurvePoint[]> {
  const points: CurvePoint[] = [];
  for await (const point of qualityCurve(some, { fewest, most })) if (point.ok) points.push(point.value);
  return points;
}

describe('the curve of quality over the number of colours', () => {
  it('begins with its ends and then halves its widest gaps, each number once', () => {
    expect(curveCounts({ fewest: 2, most: 256 }).slice(0, 3)).toEqual([2, 256, 24]);
    for (const [fewest, most] of [
      [1, 256],
      [1, 1],
      [5, 6],
      [3, 40],
    ]) {
      const counts = curveCounts({ fewest, most });
      expect(new Set(counts).size).toBe(counts.length);
      expect(Math.min(...counts)).toBe(fewest);
      expect(Math.max(...counts)).toBe(most);
    }
  });

  it('has at each point what painting with its palette comes to', async () => {
    for (const point of await pointsOf(trials, 2, 24)) {
      const index = paint(pixels, point.palette, trials.dithering, 'srgb');
      const result = painted(index, point.palette, pixels.width, pixels.height);
      expect(point.palette.length).toBeLessThanOrEqual(point.colours);
      expect(point.quality).toEqual(pictureQuality(pixels, result));
      expect(point.bytes).toBe(deflateSync(index).length);
      expect(point.bitsPerPixel).toBe(bitsPerPixel(point.palette.length));
      // Rounding a centre to 8 bits moves it by at most half a step a channel.
      const j = point.distortion / (3 * pixels.width * pixels.height);
      expect(point.quality.mse).toBeGreaterThanOrEqual(j * (1 - 1e-9));
      expect(point.quality.mse).toBeLessThanOrEqual(j + 0.25 + 1e-9);
    }
  });

  it('falls in error as colours are added', async () => {
    const points = (await pointsOf(trials, 1, 32)).sort((a, b) => a.colours - b.colours);
    for (let i = 1; i < points.length; i++)
      expect(points[i].quality.mse).toBeLessThan(points[i - 1].quality.mse);
  });

  it('ends with the failure of a fit', async () => {
    const failing: Trials<unknown> = { ...trials, fit: () => Promise.resolve(failed('cancelled')) };
    const seen = [];
    for await (const point of qualityCurve(failing, { fewest: 2, most: 9 })) seen.push(point);
    expect(seen).toEqual([failed('cancelled')]);
  });
});

describe('a goal for a picture', () => {
  const goals: SoughtGoal[] = [
    { kind: 'quality', measure: 'psnr', atLeast: 24 },
    { kind: 'quality', measure: 'ssim', atLeast: 0.9 },
    { kind: 'bytes', atMost: 500 },
  ];

  it('is reached by the colours found, and by none before or after them', async () => {
    for (const goal of goals) {
      const measure = (colours: number) => measureForGoal(trials, goal, colours);
      const found = await coloursForGoal(goal, measure, { fewest: 1, most: 64 });
      if (!found.ok) throw new Error('the fit failed');
      const { best, isReached } = found.value;
      expect(isReached).toBe(true);
      const point = await tryColours(trials, best.colours);
      const beside = await measure(best.colours + (goal.kind === 'bytes' ? 1 : -1));
      if (!point.ok || !beside.ok) throw new Error('the fit failed');
      const { quality, bytes } = point.value;
      if (goal.kind === 'bytes') {
        expect(bytes).toBeLessThanOrEqual(goal.atMost);
        expect(bytes).toBe(best.value);
        expect(beside.value).toBeGreaterThan(goal.atMost);
      } else {
        expect(quality[goal.measure]).toBe(best.value);
        expect(best.value).toBeGreaterThanOrEqual(goal.atLeast);
        expect(beside.value).toBeLessThan(goal.atLeast);
      }
    }
  });
});
