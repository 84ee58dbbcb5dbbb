import { describe, expect, it } from 'vitest';
import { colourFit } from '../../electron/image/colourFit';
import { colourHistogram } from '../../electron/image/colourHistogram';
import { coloursInSpace } from '../../electron/image/colourSpaces';
import { quantise, type FitSpecification } from '../../electron/image/quantise';
import { readCases } from '../reference/referenceCase';
import { readPicture } from './readPicture';
import { compiled } from './workplaces';

const pictures = new Map(
  (['china', 'flower', 'chelsea'] as const).map((name) => {
    const pixels = readPicture(name);
    return [name as string, { pixels, histogram: colourHistogram(pixels) }];
  }),
);

function pictureOf(id: string) {
  const picture = pictures.get(id.split('-')[1]);
  if (picture === undefined) throw new Error(`no picture for ${id}`);
  return picture;
}

describe.each(readCases('quant-'))('$id', (reference) => {
  const { pixels, histogram } = pictureOf(reference.id);
  const k = reference.model.K as number;
  const best = reference.expected.best_known.sse as number;
  const specification: FitSpecification = { space: 'srgb', locked: [], restarts: 8, seed: 1 };

  it('reaches the best known distortion within 0.5 %', () => {
    const found = quantise(pixels, k, specification, compiled(histogram.size, k), { histogram });
    if (!found.ok) throw new Error(found.failure.kind);
    expect(histogram.size).toBe(reference.data.unique_colours);
    expect(found.value.distortion / best).toBeLessThan(1.005);
    // Exchanges have found better than the collection at 64 and 256 colours of the flower, nowhere by more.
    expect(found.value.distortion / best).toBeGreaterThan(0.996);
    expect(found.value.palette.length).toBe(k);
    expect(found.value.counts.reduce((sum, count) => sum + count, 0)).toBe(pixels.width * pixels.height);
  });
});

describe.each(readCases('lloyd-'))('$id', (reference) => {
  const { histogram } = pictureOf(reference.id);

  it('follows the peer from the stated colours to the same end', () => {
    const centers = reference.init.centers as number[][];
    const points = {
      x: coloursInSpace('srgb', histogram.rgba, 3),
      weight: histogram.count,
      n: histogram.size,
      d: 3,
    };
    const fit = colourFit(points, centers.length, [], compiled(histogram.size, centers.length), () => false);
    const run = fit.run(Float64Array.from(centers.flat()), { tolerance: 0, maxIterations: 1000 });
    const expected = reference.expected.objective_per_iteration as number[];
    expect(run?.converged).toBe(true);
    for (let i = 0; i <= 10; i++) expect((run?.trace[i] ?? NaN) / expected[i]).toBeCloseTo(1, 9);
    expect((run?.distortion ?? NaN) / (reference.expected.sse as number)).toBeCloseTo(1, 7);
    (reference.expected.centers as number[][] | undefined)
      ?.flat()
      .forEach((value, i) => expect(run?.centres[i]).toBeCloseTo(value, 3));
  });
});
