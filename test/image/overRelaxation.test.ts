import { expect, it } from 'vitest';
import { colourFit } from '../../electron/image/colourFit';
import { colourHistogram } from '../../electron/image/colourHistogram';
import { coloursInSpace } from '../../electron/image/colourSpaces';
import { readPicture } from './readPicture';
import { compiled } from './workplaces';

const histogram = colourHistogram(readPicture('chelsea'));
const points = {
  x: coloursInSpace('srgb', histogram.rgba, 3),
  weight: histogram.count,
  n: histogram.size,
  d: 3,
};

it('ends lower than as many plain iterations, never rises, and says the distortion of its own centres', () => {
  for (const k of [64, 256]) {
    const fit = colourFit(points, k, [], compiled(points.n, k), () => false);
    const seeds = fit.seeds(1, 0);
    const options = { tolerance: 0, maxIterations: 20 };
    const plain = fit.run(seeds!, options)!;
    const further = fit.run(seeds!, { ...options, isOverRelaxed: true })!;
    expect(further.distortion).toBeLessThan(plain.distortion * 0.999);
    for (let i = 1; i < further.trace.length; i++)
      expect(further.trace[i]).toBeLessThanOrEqual(further.trace[i - 1]);
    const { trace } = fit.run(further.centres, { tolerance: 0, maxIterations: 0 })!;
    expect(further.distortion / trace[0]).toBeCloseTo(1, 12);
  }
});

it('ends where no row changes its centre any more, as plain iterations do', () => {
  const fit = colourFit(points, 4, [], compiled(points.n, 4), () => false);
  const seeds = fit.seeds(1, 0)!;
  const run = fit.run(seeds, { tolerance: 0, maxIterations: 1000, isOverRelaxed: true })!;
  expect(run.converged).toBe(true);
  expect(fit.run(run.centres, { tolerance: 0, maxIterations: 1 })!.distortion).toBe(run.distortion);
});
