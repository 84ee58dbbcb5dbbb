import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FitId } from '../../../shared/ids';
import { openService, specified, valueOf, type OpenService } from '../openService';
import { fitted, irisFit } from './irisFit';

let service: OpenService;
beforeAll(() => {
  service = openService();
});
afterAll(() => service.close());

const separationOf = async (fit: FitId) => valueOf(await service.client.call('fit.separation', { fit }));
const rulesOf = async (fit: FitId) => valueOf(await service.client.call('fit.rules', { fit }));

describe('features', () => {
  it('of iris are ranked petals first, in bits below the entropy of the clusters, with quartiles of the file', async () => {
    const { fit, profiles } = await irisFit(service, 3);
    const { features, clusterBits, overallQuartiles, quartiles } = await separationOf(fit);
    expect(
      features
        .slice(0, 2)
        .map(({ feature }) => feature)
        .sort(),
    ).toEqual([2, 3]);
    expect(features.at(-1)?.feature).toBe(1);
    expect(clusterBits).toBeGreaterThan(1.5);
    for (const { bits } of features) {
      expect(bits).toBeGreaterThan(0);
      expect(bits).toBeLessThanOrEqual(clusterBits);
    }
    // Of all 150 rows; quantile(iris$Petal.Length, c(.25, .5, .75), type = 2) in R: 1.6, 4.35, 5.1.
    expect([...overallQuartiles.subarray(6, 9)].map((value) => Number(value.toFixed(9)))).toEqual([
      1.6, 4.35, 5.1,
    ]);
    // Setosa alone is a cluster of fifty: quantile(..., type = 2) gives 1.4, 1.5, 1.6.
    const setosa = profiles.findIndex(({ rows, mean }) => rows === 50 && mean[2] < 2);
    expect([...quartiles[setosa].subarray(6, 9)].map((value) => Number(value.toFixed(9)))).toEqual([
      1.4, 1.5, 1.6,
    ]);
  });

  it('that are noise have almost no bits, and categories have theirs', async () => {
    // Sex tells the group; the digit of the row number does not.
    const lines = Array.from({ length: 400 }, (_, i) => {
      const isLeft = i % 2 === 0;
      return `${isLeft ? (i % 7) / 10 : 9 + (i % 7) / 10},${(i * 7919) % 101},${isLeft ? 'f' : 'm'},${'abc'[(i * 31) % 3]}`;
    });
    const table = await service.open(['x,noise,sex,letter', ...lines].join('\n'));
    const model = { family: 'mixed', components: 2, covariance: 'VVI' };
    const { fit, features: names } = await fitted(
      service,
      table,
      specified(['x', 'noise', 'sex', 'letter'], model),
    );
    const { features } = await separationOf(fit);
    const bits = Object.fromEntries(features.map((one) => [names[one.feature].name, one.bits]));
    expect(bits['x']).toBeCloseTo(1, 2);
    expect(bits['sex']).toBeCloseTo(1, 2);
    expect(bits['noise']).toBeLessThan(0.05);
    expect(bits['letter']).toBeLessThan(0.05);
  });
});

describe('rules', () => {
  it('name setosa by its petals, with precision and recall of rows they were not found on', async () => {
    const { fit, profiles } = await irisFit(service, 3);
    const { rules, foundOn, measuredOn, isHeldOut } = await rulesOf(fit);
    expect(isHeldOut).toBe(true);
    // Half of each cluster in either.
    expect(foundOn + measuredOn).toBe(150);
    expect(Math.abs(foundOn - measuredOn)).toBeLessThanOrEqual(3);
    const setosa = profiles.findIndex(({ rows, mean }) => rows === 50 && mean[2] < 2);
    const rule = rules[setosa];
    expect(rule?.conditions).toHaveLength(1);
    expect([2, 3]).toContain(rule?.conditions[0].feature);
    expect(rule?.conditions[0]).toMatchObject({ kind: 'range', from: null });
    expect(rule).toMatchObject({ precision: 1, recall: 1 });
    for (const other of rules) {
      expect(other?.conditions.length).toBeLessThanOrEqual(3);
      expect(other?.precision).toBeGreaterThan(0.7);
    }
  });

  it('are the same when they are asked for again of the same fit made anew', async () => {
    const [one, other] = [await irisFit(service, 3), await irisFit(service, 3)];
    expect(await rulesOf(one.fit)).toEqual(await rulesOf(other.fit));
  });

  it('are measured where they were found, and said to be, when a cluster has too few rows', async () => {
    const table = await service.open('a\n1\n1.1\n1.2\n1.3\n9\n9.1\n9.2\n');
    const { fit } = await fitted(service, table, specified(['a'], { family: 'gaussian', components: 2 }));
    const { isHeldOut, rules } = await rulesOf(fit);
    expect(isHeldOut).toBe(false);
    expect(rules[0]?.conditions).toEqual([{ kind: 'range', feature: 0, from: null, below: 5 }]);
  });

  it('find a small cluster among many rows, though only some of them are looked at', async () => {
    // Forty of 30,000 rows lie far off; of an even sample of a third, a handful would be seen.
    const lines = Array.from({ length: 30_000 }, (_, i) =>
      i % 750 === 0 ? `${50 + (i % 7) / 10},${-20 - (i % 11) / 10}` : `${(i % 97) / 97},${(i % 89) / 89}`,
    );
    const table = await service.open(['a,b', ...lines].join('\n'));
    const { fit, profiles } = await fitted(
      service,
      table,
      specified(['a', 'b'], { family: 'kmeans', components: 2 }, { run: { restarts: 10 } }),
    );
    expect(profiles[1].rows).toBe(40);
    const { rules, foundOn, measuredOn } = await rulesOf(fit);
    expect([foundOn, measuredOn]).toEqual([5020, 15_000]);
    expect(rules[1]).toMatchObject({ precision: 1, recall: 1 });
  });

  it('of a single cluster are none', async () => {
    const { fit } = await irisFit(service, 1);
    expect((await rulesOf(fit)).rules).toEqual([null]);
  });
});
