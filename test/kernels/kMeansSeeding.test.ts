import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kMeansSeeding } from '../../electron/engine/drive/kMeansSeeding';
import { prepareRows } from '../../electron/engine/drive/kMeansRows';
import { plainSeeding } from '../../electron/engine/drive/plainSeeding';
import { seedCentres } from '../../electron/engine/drive/seeding';
import { createRandom } from '../../electron/engine/numeric/random';
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
});
