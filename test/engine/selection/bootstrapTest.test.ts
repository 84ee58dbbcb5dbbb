import { describe, expect, it } from 'vitest';
import { start as startSchema, runSpecification } from '../../../shared/fit';
import { modelOfAnySize, ofSize, type ModelOfAnySize } from '../../../shared/model';
import {
  bootstrapP,
  bootstrapReplicate,
  canBeDrawn,
  drawReplicate,
  likelihoodRatio,
  type BootstrapSetting,
} from '../../../electron/engine/selection/bootstrapTest';
import { fitBest, type FitTask } from '../../../electron/engine/selection/fitBest';
import { plainWorkplace } from '../../../electron/engine/selection/workplace';
import { numberFeatures, type FeatureSpace } from '../../../electron/engine/featureSpace';
import type { Rows } from '../../../electron/engine/model';
import { familyCases, groupedRows } from '../../laws/familyData';
import { readCases, readRows } from '../../reference/referenceCase';
import { simdKernels } from '../../support/simdKernels';

const workplace = plainWorkplace(simdKernels());
const never = (): boolean => false;

const taskOf = (model: ModelOfAnySize, components: number, space: FeatureSpace, restarts = 3): FitTask => ({
  model: ofSize(model, components),
  space,
  start: startSchema.parse({ method: 'kmeans' }),
  run: runSpecification.parse({ restarts, tolerance: 1e-7 }),
});

function settingOf(model: ModelOfAnySize, k: number, rows: Rows, space: FeatureSpace): BootstrapSetting {
  const smaller = taskOf(model, k, space);
  const { outcome } = fitBest(smaller, rows, workplace.kernels, never);
  if (!outcome.ok) throw new Error(`the fit failed: ${JSON.stringify(outcome.failure)}`);
  return { smaller, larger: taskOf(model, k + 1, space), params: outcome.params, rows, seed: 5 };
}

const full = modelOfAnySize.parse({ family: 'gaussian', covariance: 'VVV' });
const [faithful] = readCases('gmm-faithful-k2-full').map(readRows);

describe('the bootstrap test', () => {
  /**
   * mclust: 319.065, p .005, and 6.131, p .58 with 199 replicates. Its one start of K = 3 misses a maximum that gives
   * 22.100; several starts find it, there and in the replicates.
   */
  it.each([
    { k: 1, ratio: 319.065, count: 19, least: 0, most: 0.06 },
    { k: 2, ratio: 22.1, count: 39, least: 0.02, most: 0.4 },
  ])('tells of Old Faithful what mclust tells, $k against one more', ({ k, ratio, count, least, most }) => {
    const { rows } = faithful;
    const setting = settingOf(full, k, rows, numberFeatures(2));
    const found = likelihoodRatio(
      taskOf(full, k, numberFeatures(2), 10),
      taskOf(full, k + 1, numberFeatures(2), 10),
      rows,
      workplace,
      never,
    );
    expect(found).toBeCloseTo(ratio, 2);
    const replicates = Array.from({ length: count }, (_, b) =>
      bootstrapReplicate(setting, b, workplace, never),
    );
    const { p, failedReplicates } = bootstrapP(ratio, replicates);
    expect(p.value).toBeGreaterThan(least);
    expect(p.value).toBeLessThan(most);
    expect(failedReplicates).toBeLessThan(4);
  });

  const mixtures = familyCases.filter(({ specification }) => specification.family !== 'kmeans');
  it.each(mixtures)('gives a ratio, the same each time it is asked: $name', ({ specification, space }) => {
    const { components: _, ...rest } = specification;
    const { rows } = groupedRows(space, 3, 90, { missing: 0.1 });
    const setting = settingOf(modelOfAnySize.parse(rest), 2, rows, space);
    const first = bootstrapReplicate(setting, 4, workplace, never);
    expect(first).toEqual(expect.any(Number));
    expect(bootstrapReplicate(setting, 4, workplace, never)).toBe(first);
    expect(bootstrapReplicate(setting, 5, workplace, never)).not.toBe(first);
  });

  it('draws rows that miss the same cells', () => {
    const space = numberFeatures(3);
    const { rows } = groupedRows(space, 3, 60, { missing: 0.2 });
    const drawn = drawReplicate(settingOf(full, 2, rows, space), 0, workplace);
    expect(Array.from(drawn.x, Number.isNaN)).toEqual(Array.from(rows.x, Number.isNaN));
  });

  it('draws a row of weight w as w rows, and none of a weight that is not whole', () => {
    const space = numberFeatures(2);
    const { rows } = groupedRows(space, 3, 60);
    const weight = Float64Array.from({ length: 60 }, (_, i) => i % 3);
    const drawn = drawReplicate(settingOf(full, 2, { ...rows, weight }, space), 0, workplace);
    expect(drawn.n).toBe(60);
    expect(drawn.weight).toBeUndefined();
    expect(canBeDrawn({ ...rows, weight })).toBe(true);
    expect(canBeDrawn({ ...rows, weight: weight.map((w) => w / 2) })).toBe(false);
    expect(canBeDrawn({ ...rows, label: new Int32Array(60) })).toBe(false);
  });

  it('tells nothing when it is cancelled', () => {
    const space = numberFeatures(2);
    const { rows } = groupedRows(space, 3, 60);
    expect(bootstrapReplicate(settingOf(full, 1, rows, space), 0, workplace, () => true)).toBeNull();
  });
});

describe('its p', () => {
  it('counts ratios as large as the one found, and the one found itself', () => {
    const { p, replicates, failedReplicates } = bootstrapP(4, [1, 4, null, 5, 3, -0.1, 2, 3.9, 1, 2, null]);
    expect(p.value).toBe(3 / 10);
    expect(p.standardError).toBeCloseTo(Math.sqrt((0.3 * 0.7) / 10), 14);
    expect(replicates).toBe(9);
    expect(failedReplicates).toBe(2);
  });

  it('is 1 without replicates: nothing is known', () => {
    expect(bootstrapP(4, [null, null]).p.value).toBe(1);
  });
});
