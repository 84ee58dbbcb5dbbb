import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kMeansSeeding } from '../../electron/engine/drive/kMeansSeeding';
import { prepareRows } from '../../electron/engine/drive/kMeansRows';
import { plainSeeding } from '../../electron/engine/drive/plainSeeding';
import { seedCentres } from '../../electron/engine/drive/seeding';
import { createRandom } from '../../electron/engine/numeric/random';
import { layOut } from '../../electron/kernels/kMeansLayout';
import { bufferOf } from '../../electron/kernels/memory';
import { createReferenceKernels } from '../../electron/kernels/reference';
import { hardRows } from './hardRows';
import { backwards, builds, kMeansOn } from './kMeansOnMemory';

const never = () => false;
const reference = createReferenceKernels();

describe.each(builds)('seeding with the $name kernels', ({ module }) => {
  test.each(['distance', 'uniform'] as const)('by %s chooses the rows that plain loops choose', (rule) => {
    fc.assert(
      fc.property(hardRows, fc.integer(), ({ rows: given, k }, seed) => {
        const { rows, kernel } = kMeansOn(module, given, k);
        prepareRows(kernel, 'seeding', backwards(kernel), never);
        const fast = kMeansSeeding(kernel, rows, backwards(kernel));
        const plain = plainSeeding(given, k, never);
        const found = seedCentres(rows, k, rule, createRandom(seed), never, fast);
        expect(found).toEqual(seedCentres(given, k, rule, createRandom(seed), never, plain));
      }),
      { numRuns: 200 },
    );
  });

  test('keeps the distance of every row to the nearest centre, to the last bit', () => {
    fc.assert(
      fc.property(hardRows, fc.integer(), ({ rows: given, k }, seed) => {
        const { rows, kernel } = kMeansOn(module, given, k);
        prepareRows(kernel, 'seeding', backwards(kernel), never);
        const passes = kMeansSeeding(kernel, rows, backwards(kernel));
        const random = createRandom(seed);
        passes.begin('distance');
        const expected = new Float64Array(rows.n).fill(Infinity);
        for (let centres = 0; centres < 6; centres++) {
          const centre = passes.centreAt(random.integer(rows.n));
          passes.accept(centre);
          const distance = new Float64Array(rows.n);
          reference.nearestCentres(rows.x, 0, rows.n, rows.d, centre, 1, new Int32Array(rows.n), distance);
          expected.forEach((nearest, i) => (expected[i] = Math.min(nearest, distance[i])));
          expect(kernel.nearest()).toEqual(expected);
        }
      }),
      { numRuns: 200 },
    );
  });

  /**
   * Rows half way between two centres, nearer to the second by less than single precision tells; before the second is
   * accepted the scores are made wrong by hand, since real ones stay far below the error they may have. How long
   * centres are (`far`), against the rows, decides which part of the error is the larger one.
   */
  test.each([
    { part: 'centre', far: 300 },
    { part: 'row', far: 1e-3 },
  ] as const)(
    'heeds scores that are wrong by nearly the error they may have for the $part',
    ({ part, far }) => {
      // Of so many features that the error exceeds what else is allowed for.
      const d = 60;
      const random = createRandom(1, 'half way');
      const centres = [far, -far].map((first) => Float64Array.of(first, ...new Float64Array(d - 1)));
      const x = Float64Array.from({ length: 4096 * d }, () => random.normal());
      const largest = part === 'centre' ? far * 2 ** -21 : 2 ** -21 / far;
      for (let i = 0; i < x.length; i += d) x[i] = -random.uniform() * largest;
      const { rows, kernel } = kMeansOn(module, { x, n: 4096, d }, 2);
      prepareRows(kernel, 'seeding', backwards(kernel), never);
      const numbers = new Float32Array(bufferOf(kernel.place.memory));
      const { runs, original } = layOut(kernel.place);
      const passes = kMeansSeeding(kernel, rows, (job, pieces) => {
        const { fixed, perSquare } = kernel.scoreError;
        const isSecond = job === 'seedingAccept' && kernel.nearest()[0] < Infinity;
        if (isSecond && part === 'centre') numbers[runs[0].table / 4] += 0.9 * fixed;
        if (isSecond && part === 'row')
          for (let i = 0; i < rows.n; i++) numbers[original.squares / 4 + i] *= 1 + 0.9 * perSquare;
        return backwards(kernel)(job, pieces);
      });
      passes.begin('distance');
      const expected = new Float64Array(rows.n).fill(Infinity);
      for (const centre of centres) {
        passes.accept(centre);
        const distance = new Float64Array(rows.n);
        reference.nearestCentres(x, 0, rows.n, d, centre, 1, new Int32Array(rows.n), distance);
        expected.forEach((nearest, i) => (expected[i] = Math.min(nearest, distance[i])));
        expect(kernel.nearest()).toEqual(expected);
      }
    },
  );
});
