import { describe, expect, it } from 'vitest';
import { runSpecification, start as startSchema } from '../../../shared/fit';
import { modelSpecification } from '../../../shared/model';
import { numberFeatures } from '../../../electron/engine/featureSpace';
import { mostProbable } from '../../../electron/engine/mostProbable';
import { fitBest, type FitTask } from '../../../electron/engine/selection/fitBest';
import { plainWorkplace } from '../../../electron/engine/selection/workplace';
import {
  largestJaccard,
  meanStability,
  stabilityReplicate,
  type StabilitySetting,
} from '../../../electron/engine/selection/stability';
import type { Rows } from '../../../electron/engine/model';
import { familyCases, groupedRows } from '../../laws/familyData';
import { readCases, readRows } from '../../reference/referenceCase';
import { simdKernels } from '../../support/simdKernels';

const workplace = plainWorkplace(simdKernels());
const never = (): boolean => false;

function settingOf(task: FitTask, rows: Rows): StabilitySetting {
  const { model, outcome } = fitBest(task, rows, workplace.kernels, never);
  if (!outcome.ok) throw new Error('the fit failed');
  const k = task.model.components;
  const memberships = new Float64Array(rows.n * k);
  model.posterior(outcome.params, rows, 0, rows.n, memberships, new Float64Array(rows.n));
  return { task, rows, label: mostProbable(memberships, rows.n, k), seed: 11 };
}

const replicatesOf = (setting: StabilitySetting, count: number) =>
  Array.from({ length: count }, (_, b) => stabilityReplicate(setting, b, workplace, never));

const kMeansTask = (components: number): FitTask => ({
  model: modelSpecification.parse({ family: 'kmeans', components }),
  space: numberFeatures(4),
  start: startSchema.parse({ method: 'kmeans' }),
  run: runSpecification.parse({ restarts: 10 }),
});

describe('the stability of clusters', () => {
  /**
   * R 4.2 by the same scheme (`unique(sample(n, n, TRUE))`, `kmeans` with 20 starts), 500 replicates. clusterboot's own
   * k-means has one start only, which makes .842 .884 .926 of K = 3: bad optima, not unstable clusters.
   */
  it.each([
    { k: 2, expected: [0.995, 0.997], within: 0.005 },
    { k: 3, expected: [0.948, 0.959, 1], within: 0.015 },
  ])('of iris by k-means, K = $k, is that of R', ({ k, expected, within }) => {
    const [{ rows }] = readCases('gmm-iris-k3-full').map(readRows);
    const found = meanStability(replicatesOf(settingOf(kMeansTask(k), rows), 100));
    expect(found).not.toBeNull();
    const sorted = [...(found ?? [])].sort((a, b) => a - b);
    for (const [j, value] of expected.entries())
      expect(Math.abs(sorted[j] - value), `cluster ${j}: ${sorted[j]}`).toBeLessThan(within);
  });

  it.each(familyCases)('is near 1 where groups lie apart, and the same each time: $name', (family) => {
    const { rows } = groupedRows(family.space, 2, 120, { isWeighted: true });
    const task = { ...kMeansTask(3), model: family.specification, space: family.space };
    const setting = settingOf(task, rows);
    const found = meanStability(replicatesOf(setting, 5));
    for (const value of found ?? []) expect(value).toBeGreaterThan(0.6);
    expect(stabilityReplicate(setting, 0, workplace, never)).toEqual(
      stabilityReplicate(setting, 0, workplace, never),
    );
  });

  it('takes the start of the rows that were drawn', () => {
    const { rows, group } = groupedRows(numberFeatures(3), 2, 60);
    const task = { ...kMeansTask(3), space: numberFeatures(3), start: { labels: group } };
    const found = stabilityReplicate(settingOf(task, rows), 0, workplace, never);
    expect([...(found ?? [])]).toEqual([1, 1, 1]);
  });

  it('tells nothing when it is cancelled', () => {
    const { rows } = groupedRows(numberFeatures(4), 2, 60);
    expect(stabilityReplicate(settingOf(kMeansTask(2), rows), 0, workplace, () => true)).toBeNull();
  });
});

describe('the largest Jaccard similarity', () => {
  const label = Int32Array.from([0, 0, 0, 1, 1, 2]);
  const other = Int32Array.from([1, 1, 0, 0, 0, 0]);

  it('is shared rows over rows in either, with the most similar cluster', () => {
    // Cluster 0: 2 of 3 with cluster 1, 1 of 6 with 0. Cluster 1: 2 of 4. Cluster 2: 1 of 4.
    expect([...largestJaccard(label, other, 3)]).toEqual([2 / 3, 1 / 2, 1 / 4]);
  });

  it('counts a row of weight two as two rows', () => {
    const twice = (labels: Int32Array) => Int32Array.from([...labels, labels[2]]);
    const weight = Float64Array.from([1, 1, 2, 1, 1, 1]);
    expect([...largestJaccard(label, other, 3, weight)]).toEqual([
      ...largestJaccard(twice(label), twice(other), 3),
    ]);
  });

  it('is 0 for a cluster without rows', () => {
    expect([...largestJaccard(Int32Array.of(0, 0), Int32Array.of(0, 0), 2)]).toEqual([1, 0]);
  });

  it('is averaged over the replicates that did not fail', () => {
    expect(meanStability([Float64Array.of(1, 0.5), null, Float64Array.of(0.5, 0.5)])).toEqual(
      Float64Array.of(0.75, 0.5),
    );
    expect(meanStability([null])).toBeNull();
  });
});
