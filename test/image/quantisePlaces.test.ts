import { describe, expect, it } from 'vitest';
import { probabilityOfColour } from '../../electron/image/colourMixture';
import { quantise, type FitSpecification } from '../../electron/image/quantise';
import type { Quantised } from '../../electron/image/quantised';
import { createReferenceKernels } from '../../electron/kernels/reference';
import type { Pixels } from '../../shared/image/pixels';
import { pictureOf } from './arbitraryPicture';
import { drawnPicture } from './drawnPicture';
import { compiled, plain } from './workplaces';

const textbook: FitSpecification = { space: 'srgb', locked: [], restarts: 4, seed: 1 };

function found(pixels: Pixels, colours: number, specification: FitSpecification): Quantised {
  const result = quantise(pixels, colours, specification, plain());
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** How many neighbours side by side have different colours. */
function borders(index: Uint8Array, width: number): number {
  let count = 0;
  for (let i = 1; i < index.length; i++) if (i % width > 0 && index[i] !== index[i - 1]) count++;
  return count;
}

const grey = (value: number) => ({ red: value, green: value, blue: value, opacity: 255 });

describe('quantise with places', () => {
  it('makes segments hold together the more places count', () => {
    const pixels = drawnPicture(96, 64, 1, 9);
    const counts = [0.001, 0.5, 4].map((spatialWeight) => {
      const { index } = found(pixels, 8, { ...textbook, spatialWeight });
      return borders(index ?? new Uint8Array(0), 96);
    });
    expect(counts[1]).toBeLessThan(counts[0]);
    expect(counts[2]).toBeLessThan(counts[1]);
  });

  it('counts each pixel once, keeps locked colours and the transparent one, and never lets J rise', () => {
    const pixels = pictureOf(60, 40, (i) =>
      i % 7 === 0
        ? { red: 1, green: 2, blue: 3, opacity: 0 }
        : { red: i % 251, green: i % 83, blue: 90, opacity: 255 },
    );
    const locked = [grey(7)];
    const { index, palette, counts, trace, distortion } = found(pixels, 6, {
      ...textbook,
      locked,
      spatialWeight: 1,
    });
    expect(palette[0]).toEqual(locked[0]);
    expect(palette[palette.length - 1].opacity).toBe(0);
    const own = new Float64Array(palette.length);
    index?.forEach((place) => own[place]++);
    expect(counts).toEqual(own);
    for (let i = 1; i < trace.length; i++) expect(trace[i]).toBeLessThanOrEqual(trace[i - 1] * (1 + 1e-12));
    expect(trace[trace.length - 1]).toBe(distortion);
  });

  it('fits a large picture on a grid, and still assigns every pixel to what is nearest to it', () => {
    const pixels = drawnPicture(400, 300, 1, 2);
    const specification = { ...textbook, restarts: 1, spatialWeight: 0.5 };
    const result = quantise(pixels, 8, specification, compiled(65_536, 8, 5));
    if (!result.ok) throw new Error(result.failure.kind);
    expect(result.value.index?.length).toBe(120_000);
    expect(result.value.counts.reduce((sum, count) => sum + count, 0)).toBe(120_000);
  });
});

describe('a preview with places', () => {
  it('is of every pixel, near the whole fit, and leaves transparent what is transparent', () => {
    const large = drawnPicture(700, 400, 1, 6);
    for (let i = 0; i < 280_000; i += 11) large.rgba[4 * i + 3] = 0;
    const specification = { ...textbook, restarts: 1, spatialWeight: 1 };
    const [preview, whole] = (['preview', 'exact'] as const).map((precision) => {
      const result = quantise(large, 12, specification, compiled(65_536, 12, 5), { precision });
      if (!result.ok) throw new Error(result.failure.kind);
      return result.value;
    });
    const counts = new Float64Array(preview.palette.length);
    let wrong = 0;
    preview.index?.forEach((place, i) => {
      counts[place]++;
      if ((preview.palette[place].opacity === 0) !== (large.rgba[4 * i + 3] === 0)) wrong++;
    });
    expect(wrong).toBe(0);
    expect(preview.counts).toEqual(counts);
    expect(preview.distortion).toBeLessThan(1.15 * whole.distortion);
    expect(preview.distortion).toBeGreaterThan(0.85 * whole.distortion);
  });

  it.each(['preview', 'exact'] as const)('%s finds a small figure on transparent ground', (precision) => {
    const rgba = new Uint8Array(4 * 1200 * 800);
    for (let y = 400; y < 430; y++)
      for (let x = 700; x < 730; x++) rgba.set([8 * (x - 700), 8 * (y - 400), 90, 255], 4 * (y * 1200 + x));
    const pixels = { width: 1200, height: 800, rgba };
    const specification = { ...textbook, restarts: 1, spatialWeight: 1 };
    const result = quantise(pixels, 64, specification, compiled(65_536, 64, 5), { precision });
    if (!result.ok) throw new Error(result.failure.kind);
    const { counts, palette } = result.value;
    expect(counts[palette.length - 1]).toBe(960_000 - 900);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(960_000);
  });
});

describe('quantise with a mixture', () => {
  const pixels = drawnPicture(64, 48, 1, 4);
  const gaussian: FitSpecification = { ...textbook, method: 'gaussian' };

  it.each(['srgb', 'linear', 'lab', 'oklab'] as const)(
    'gives probabilities that sum to one, in %s',
    (space) => {
      const { mixture, palette, index, counts, objective, trace } = found(pixels, 6, {
        ...gaussian,
        space,
      });
      if (mixture === null) throw new Error('no mixture');
      const shares = palette.map((_, at) =>
        probabilityOfColour(mixture, at, pixels.rgba, createReferenceKernels()),
      );
      const most = shares[0].map((_, i) => {
        const own = shares.map((share) => share[i]);
        expect(own.reduce((sum, share) => sum + share)).toBeCloseTo(1, 9);
        return own.indexOf(Math.max(...own));
      });
      expect(Array.from(index ?? [])).toEqual(Array.from(most));
      const painted = new Float64Array(palette.length);
      index?.forEach((place) => painted[place]++);
      expect(counts).toEqual(painted);
      expect(objective).toBe('logLikelihood');
      expect(trace[trace.length - 1]).toBeGreaterThan(trace[0]);
    },
  );

  it('is no nearer to the pixels than k-means, whose objective that is', () => {
    expect(found(pixels, 6, gaussian).distortion).toBeGreaterThanOrEqual(
      found(pixels, 6, textbook).distortion,
    );
  });

  it('holds many pixels of one colour', () => {
    const flat = pictureOf(50, 50, (i) => (i < 2000 ? grey(255) : grey((i * 7) % 200)));
    const { palette, counts } = found(flat, 4, gaussian);
    expect(palette.length).toBeLessThanOrEqual(4);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2500);
  });

  it('goes on without the components that others take the colours of', () => {
    // An even ground, where no Gaussian holds its few colours against wider ones.
    const ground = pictureOf(12, 12, (i) => ({
      ...grey(100),
      red: 23 * (i % 12),
      green: 23 * Math.floor(i / 12),
    }));
    const { palette, counts, trace } = found(ground, 64, gaussian);
    expect(palette.length).toBeGreaterThan(32);
    expect(palette.length).toBeLessThan(64);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(144);
    trace.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(trace[i] - 1e-9));
  });

  it('leaves locked and transparent pixels as they are, and is not one wide cluster of the rest', () => {
    // More colours than are fitted one by one, so that means of cells are.
    const large = drawnPicture(300, 200, 1, 4);
    for (let i = 0; i < 500; i++) large.rgba[4 * i + 3] = 0;
    const locked = [{ red: 255, green: 0, blue: 255, opacity: 255 }];
    for (const precision of ['preview', 'exact'] as const) {
      const specification = { ...gaussian, locked };
      const options = { precision };
      const made = quantise(large, 40, specification, compiled(60_000, 40), options);
      const hard = quantise(large, 40, textbook, compiled(60_000, 40), options);
      if (!made.ok || !hard.ok) throw new Error('not made');
      const { palette, counts, index, distortion } = made.value;
      expect(palette[0]).toEqual(locked[0]);
      expect(palette[palette.length - 1].opacity).toBe(0);
      expect(counts[counts.length - 1]).toBe(500);
      const painted = new Float64Array(palette.length);
      index?.forEach((place) => painted[place]++);
      expect(counts).toEqual(painted);
      expect(distortion).toBeLessThan(3 * hard.value.distortion);
    }
  });

  it('says that places are not for it', () => {
    expect(quantise(pixels, 4, { ...gaussian, spatialWeight: 1 }, plain())).toEqual({
      ok: false,
      failure: { kind: 'mixtureOfPlaces' },
    });
  });
});
