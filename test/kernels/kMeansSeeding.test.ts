import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kMeansSeeding } from '../../electron/engine/drive/kMeansSeeding';
import { prepareRows } from '../../electron/engine/drive/kMeansRows';
import { plainSeeding } from '../../electron/engine/drive/plainSeeding';
import { seedCentres } from '../../electron/engine/drive/seeding';
import { createRandom } from '../../electron/engine/numeric/random';
import { hardRows } from './hardRows';
import { backwards, builds, kMeansOn } from './kMeansOnMemory';

const never = () => false;

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
      { numRuns: 300 },
    );
  });
});
