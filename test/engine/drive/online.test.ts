import { describe, expect, test } from 'vitest';
import { batchesOf, OnlineStatistics } from '../../../electron/engine/drive/online';
import { numberFeatures } from '../../../electron/engine/featureSpace';
import type { Params, Rows } from '../../../electron/engine/model';
import { createModel } from '../../../electron/engine/models/registry';
import { createRandom } from '../../../electron/engine/numeric/random';
import { groupedRows } from '../../laws/familyData';
import { fit, furthest, gaussian, success } from '../fitting';

const space = numberFeatures(3);
const { rows } = groupedRows(space, 1, 103, { isWeighted: true });

describe('batches', () => {
  test('of an epoch are all rows once, shuffled anew in each', () => {
    const batches = batchesOf(rows, { batchSize: 10 }, (epoch) => createRandom(1, 'order', epoch));
    const epochs = [0, 1].map(() => {
      const firsts: number[] = [];
      for (let batch = 0; batch < 11; batch++) {
        const { value } = batches.next();
        expect(value.n).toBe(batch < 10 ? 10 : 3);
        for (let i = 0; i < value.n; i++) firsts.push(value.x[3 * i]);
      }
      return firsts;
    });
    const sorted = (values: Iterable<number>) => Float64Array.from(values).sort();
    const all = Float64Array.from({ length: rows.n }, (_, i) => rows.x[3 * i]);
    for (const epoch of epochs) expect(sorted(epoch)).toEqual(sorted(all));
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect(epochs[0]).not.toEqual([...all]);
  });

  test('follow a given order, with their weights', () => {
    const batches = batchesOf(rows, { batchSize: 2, order: [5, 1, 7] }, () => createRandom(1));
    const [first, second, third] = [batches.next().value, batches.next().value, batches.next().value];
    expect([...first.x]).toEqual([...rows.x.subarray(15, 18), ...rows.x.subarray(3, 6)]);
    expect([...(first.weight ?? [])]).toEqual([rows.weight?.[5], rows.weight?.[1]]);
    expect(second.n).toBe(1);
    expect(third.x).toEqual(first.x);
  });
});

describe('running statistics', () => {
  const model = createModel(gaussian('VVV', 3), space);
  const labels = Array.from({ length: rows.n }, (_, i) => i % 3);
  const start = success(fit(model.specification, rows, { labels }, { maxIterations: 0 })).params;
  const weight = rows.weight?.reduce((sum, value) => sum + value, 0) ?? 0;

  test('with a step of one on all rows are an iteration of EM', () => {
    // (1 + t + offset)^-decay is one where 1 + t + offset is.
    const online = new OnlineStatistics(model, null, weight, { decay: 1, offset: -1 });
    const step = online.add(start, rows, { kind: 'soft' });
    const next = model.maximise(step.stats, start);
    const em = success(fit(model.specification, rows, { labels }, { maxIterations: 1 }));
    expect(next.ok && furthest(next.value.covariance, em.params.covariance)).toBeLessThan(1e-12);
    expect(furthest([step.rowObjective.objective], [em.trace[0]])).toBeLessThan(1e-12);
  });

  test('take a stream that is never held whole', () => {
    // Two groups far apart, in batches made as they are asked for.
    const own = createModel(gaussian('VVV', 2), numberFeatures(1));
    const random = createRandom(3, 'stream');
    let params: Params = {
      weight: Float64Array.of(0.5, 0.5),
      mean: Float64Array.of(-1, 1),
      covariance: Float64Array.of(4, 4),
    };
    const online = new OnlineStatistics(own, null, 1, { decay: 0.7, offset: 5 });
    for (let t = 0; t < 500; t++) {
      const x = Float64Array.from({ length: 40 }, (_, i) => (i % 4 === 0 ? -3 : 3) + random.normal());
      const batch: Rows = { x, n: 40, d: 1 };
      const next = own.maximise(online.add(params, batch, { kind: 'soft' }).stats, params);
      if (!next.ok) throw new Error(next.failure.kind);
      params = next.value;
    }
    expect(Math.abs(params.weight[0] - 0.25)).toBeLessThan(0.01);
    expect(Math.abs(params.mean[0] + 3)).toBeLessThan(0.05);
    expect(Math.abs(params.mean[1] - 3)).toBeLessThan(0.05);
    expect(Math.abs(params.covariance[1] - 1)).toBeLessThan(0.1);
  });

  test('do not change by a batch without weight', () => {
    const online = new OnlineStatistics(model, null, weight, { decay: 0.7, offset: 0 });
    const before = online.add(start, rows, { kind: 'soft' }).stats;
    const none = online.add(start, { ...rows, weight: new Float64Array(rows.n) }, { kind: 'soft' });
    const [first, second] = [before, none.stats].map((stats) => model.maximise(stats, start));
    if (!first.ok || !second.ok) throw new Error('an M-step failed');
    for (const [name, values] of Object.entries(first.value))
      expect(furthest(second.value[name], values)).toBeLessThan(1e-13);
    expect(none.rowObjective.objective).toBe(0);
  });
});

test('stopped between batches, a run is measured on all rows', () => {
  let asked = 0;
  const algorithm = { name: 'online', batchSize: 7, epochs: 50 } as const;
  const run = { algorithm, shouldStop: () => (++asked > 40 ? ('timeLimit' as const) : null) };
  const { outcome } = fit(gaussian('VVV', 3), rows, { method: 'kmeans' }, run);
  if (!outcome.ok) throw new Error(outcome.failure.kind);
  expect(outcome.stopped).toBe('timeLimit');
  const again = success(
    fit(gaussian('VVV', 3), rows, { parameters: toStart(outcome.params) }, { maxIterations: 0 }),
  );
  expect(furthest([outcome.objective], [again.objective])).toBeLessThan(1e-12);
  expect(outcome.trace.at(-1)).toBe(outcome.objective);
});

function toStart({ weight, mean, covariance }: Params) {
  const rowsOf = (values: Float64Array, width: number) =>
    Array.from({ length: values.length / width }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);
  return {
    weights: [...weight],
    means: rowsOf(mean, 3),
    covariances: Array.from({ length: 3 }, (_, j) => rowsOf(covariance.subarray(9 * j, 9 * j + 9), 3)),
  };
}
