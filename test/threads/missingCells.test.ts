import { expect, test } from 'vitest';
import { numberFeatures } from '../../electron/engine/featureSpace';
import { createRandom } from '../../electron/engine/numeric/random';
import { runRestarts } from '../../electron/threads/restarts';
import { gaussian } from '../engine/fitting';
import { bits, never, nobody, poolsOfTest, runOf, share } from './threadRuns';

const pool = poolsOfTest();

test.each(['VVV', 'VVI'] as const)(
  'rows with missing cells give %s the same bits on 1 and 3 threads',
  async (covariance) => {
    const [n, d] = [9000, 4];
    const random = createRandom(4, 'missing on threads');
    const x = Float64Array.from({ length: n * d }, (_, i) => {
      const value = random.normal() + 3 * (Math.floor(i / d) % 3);
      return random.uniform() < 0.2 ? NaN : value;
    });
    const request = {
      rows: share({ x, n, d, hasMissing: true }),
      model: gaussian(covariance, 3),
      space: numberFeatures(d),
      start: { method: 'random' } as const,
      run: runOf({ maxIterations: 12 }),
    };
    const results = [];
    for (const threads of [1, 3])
      results.push(bits(await runRestarts(pool(threads), request, nobody, never)));
    expect(results[1]).toEqual(results[0]);
    expect(JSON.stringify(results[0])).not.toContain('kind');
  },
);
