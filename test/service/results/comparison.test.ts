import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FitId } from '../../../shared/ids';
import type { Comparand } from '../../../shared/results';
import { openService, specified, valueOf, type OpenService } from '../openService';
import { example, fitted, gaussian, irisFeatures, irisFit } from './irisFit';

let service: OpenService;
beforeAll(() => {
  service = openService();
});
afterAll(() => service.close());

const separationOf = async (fit: FitId) => valueOf(await service.client.call('fit.separation', { fit }));
const comparisonOf = async (fit: FitId, comparand: Comparand) =>
  valueOf(await service.client.call('fit.compare', { fit, with: comparand }));

describe('a comparison', () => {
  it('of three clusters of iris with the species has the known index and pairs each species with its cluster', async () => {
    const { fit } = await irisFit(service, 3);
    const found = await comparisonOf(fit, { kind: 'column', column: 'Species' });
    expect(found.groups).toEqual(['setosa', 'versicolor', 'virginica']);
    // mclust's VVV, 3 puts five versicolor to virginica: ARI 0.9039 (adjustedRandIndex in R).
    expect(found.adjustedRandIndex).toBeCloseTo(0.9039, 4);
    expect([...found.match].sort()).toEqual([0, 1, 2]);
    expect(found.agreement).toBeCloseTo(145 / 150, 12);
    expect(found.rows).toBe(150);
    const moved = valueOf(
      await service.client.call('fit.comparedRows', {
        fit,
        with: { kind: 'column', column: 'Species' },
        cell: null,
        first: 0,
        count: 3,
      }),
    );
    expect(moved.total).toBe(5);
    expect(moved.row).toHaveLength(3);
    expect([...moved.group]).toEqual([1, 1, 1]);
  });

  it('of two fits counts rows in both, and the rows of a cell can be had', async () => {
    const table = await service.open(example('iris.csv'));
    const two = await fitted(service, table, specified(irisFeatures, gaussian(2)));
    const three = await fitted(
      service,
      table,
      specified(irisFeatures, gaussian(3), { run: { restarts: 5 } }),
    );
    const other: Comparand = { kind: 'fit', fit: two.fit };
    const found = await comparisonOf(three.fit, other);
    expect(found.groups).toEqual(['1', '2']);
    expect(found.counts.reduce((sum, count) => sum + count, 0)).toBe(150);
    const cell = { cluster: found.match[1], group: 1 };
    const rows = valueOf(
      await service.client.call('fit.comparedRows', {
        fit: three.fit,
        with: other,
        cell,
        first: 0,
        count: 1000,
      }),
    );
    expect(rows.total).toBe(50);
    expect(Math.max(...rows.row)).toBe(49);
    expect((await comparisonOf(two.fit, { kind: 'fit', fit: two.fit })).adjustedRandIndex).toBe(1);
  });

  it('counts a row of weight two as the row twice', async () => {
    const rows = ['0,a,1', '0.2,a,2', '0.1,b,1', '9,b,2', '9.2,b,1', '9.1,a,3'];
    const twice = rows.flatMap((line) => Array<string>(Number(line.at(-1))).fill(line));
    const once = await service.open(['x,g,w', ...rows].join('\n'));
    const model = { family: 'kmeans', components: 2 };
    const weighted = await fitted(
      service,
      once,
      specified(['x'], model, { preparation: { weights: 'w', scaling: 'none' } }),
    );
    const one = await comparisonOf(weighted.fit, { kind: 'column', column: 'g' });
    const long = await service.open(['x,g,w', ...twice].join('\n'));
    const plain = await fitted(service, long, specified(['x'], model, { preparation: { scaling: 'none' } }));
    const other = await comparisonOf(plain.fit, { kind: 'column', column: 'g' });
    expect(one.adjustedRandIndex).toBeCloseTo(other.adjustedRandIndex, 12);
    expect([...one.counts].sort()).toEqual([...other.counts].sort());
    const quartersOf = async (fit: FitId) => (await separationOf(fit)).overallQuartiles;
    expect([...(await quartersOf(weighted.fit))]).toEqual([...(await quartersOf(plain.fit))]);
  });

  it('with a column of texts tells how far it has read, and stops when nobody waits any more', async () => {
    const lines = Array.from(
      { length: 60_000 },
      (_, i) => `${(i % 7) + (i % 2 ? 0 : 90)},${i % 2 ? 'odd' : 'even'}`,
    );
    const table = await service.open(['x,parity', ...lines].join('\n'));
    const { fit } = await fitted(service, table, specified(['x'], { family: 'kmeans', components: 2 }));
    const body = { fit, with: { kind: 'column' as const, column: 'parity' } };
    const stop = new AbortController();
    const stopped = await service.client.call('fit.compare', body, {
      signal: stop.signal,
      onEvent: () => stop.abort(),
    });
    expect(stopped).toEqual({ ok: false, failure: { kind: 'cancelled' } });
    const fractions: number[] = [];
    const found = valueOf(
      await service.client.call('fit.compare', body, { onEvent: ({ fraction }) => fractions.push(fraction) }),
    );
    expect(fractions.length).toBeGreaterThan(0);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(found.adjustedRandIndex).toBe(1);
  });

  it('leaves out rows without a label and says how many', async () => {
    const text = example('iris.csv')
      .replace(/,setosa\n/, ',\n')
      .replace(/,setosa\n/, ',\n');
    const { fit } = await irisFit(service, 3, text);
    expect(await comparisonOf(fit, { kind: 'column', column: 'Species' })).toMatchObject({
      rows: 148,
      rowsWithout: 2,
    });
  });

  it('with a column of too many values, or one that is not there, is refused in words', async () => {
    const lines = Array.from({ length: 300 }, (_, i) => `${i % 2 ? 0 : 9}.${i},name ${i}`);
    const table = await service.open(['x,name', ...lines].join('\n'));
    const { fit } = await fitted(service, table, specified(['x'], gaussian(2)));
    const ask = (column: string) =>
      service.client.call('fit.compare', { fit, with: { kind: 'column', column } });
    expect(await ask('name')).toMatchObject({ ok: false, failure: { kind: 'columnNotSuitable' } });
    expect(await ask('nome')).toMatchObject({ ok: false, failure: { kind: 'unknownColumn' } });
  });
});
