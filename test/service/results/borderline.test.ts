import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FitId } from '../../../shared/ids';
import { openService, specified, valueOf, type OpenService } from '../openService';
import { example, fitted, irisFit } from './irisFit';

let service: OpenService;
beforeAll(() => {
  service = openService();
});
afterAll(() => service.close());

const borderlineOf = async (fit: FitId, first = 0, count = 20, cluster: number | null = null) =>
  valueOf(await service.client.call('fit.borderline', { fit, cluster, first, count }));

describe('borderline rows', () => {
  it('come by how little the best cluster is ahead, in pages that follow each other', async () => {
    const { fit } = await irisFit(service, 3);
    const all = await borderlineOf(fit, 0, 50);
    const margins = all.rows.map(({ margin }) => margin);
    expect(margins).toEqual([...margins].sort((a, b) => a - b));
    expect(all.listed).toBe(150);
    const { label, responsibilities } = valueOf(await service.client.call('fit.responsibilities', { fit }));
    for (const { row, cluster, second, probability, margin } of all.rows) {
      expect(label[row]).toBe(cluster);
      expect(probability).toBe(responsibilities[3 * row + cluster]);
      expect(margin).toBe(probability - responsibilities[3 * row + second]);
    }
    const later = await borderlineOf(fit, 30, 20);
    expect(later.rows).toEqual(all.rows.slice(30));
    const largest = Array.from({ length: 150 }, (_, row) => responsibilities[3 * row + label[row]]);
    expect(all.doubtful).toBe(largest.filter((probability) => probability < 0.8).length);
  });

  it('of one cluster are its own', async () => {
    const { fit, profiles } = await irisFit(service, 3);
    const { rows, listed } = await borderlineOf(fit, 0, 200, 1);
    expect(listed).toBe(profiles[1].rows);
    expect(rows.every(({ cluster }) => cluster === 1)).toBe(true);
  });

  it('say what would move them: a file with that one cell changed puts the row into the second-best cluster', async () => {
    const { fit, specification } = await irisFit(service, 3);
    const { rows } = await borderlineOf(fit, 0, 5);
    const [{ row, second, move }] = rows;
    expect(move).not.toBeNull();
    if (!move) return;
    const { parameters } = valueOf(await service.client.call('fit.frames', { fit })).frames.at(-1) ?? {};
    const lines = example('iris.csv').trim().split('\n');
    const cells = lines[row + 1].split(',');
    expect(Number(cells[move.feature])).toBeCloseTo(move.from, 9);
    // A hair beyond, because the search ends on the border.
    cells[move.feature] = String(move.to + (move.to - move.from) * 1e-6);
    lines[row + 1] = cells.join(',');
    const d = 4;
    const matrix = (k: number) =>
      Array.from({ length: d }, (_, a) =>
        Array.from(parameters!.covariance!.subarray((k * d + a) * d, (k * d + a + 1) * d)),
      );
    const start = {
      parameters: {
        weights: Array.from(parameters!.weight),
        means: [0, 1, 2].map((k) => Array.from(parameters!.mean.subarray(k * d, (k + 1) * d))),
        covariances: [0, 1, 2].map(matrix),
        probabilities: [],
        categories: [],
      },
    };
    const measured = await fitted(service, await service.open(lines.join('\n')), {
      ...specification,
      start,
      run: { ...specification.run, maxIterations: 0, restarts: 1 },
    });
    const { label } = valueOf(
      await service.client.call('fit.memberships', { fit: measured.fit, rows: Int32Array.of(row) }),
    );
    expect(label[0]).toBe(second);
  });

  it('of k-means go by distance, and no probability is made up', async () => {
    const table = await service.open('a,b\n0,0\n1,0\n4.9,0\n9,0\n10,0\n');
    const { fit } = await fitted(
      service,
      table,
      specified(['a'], { family: 'kmeans', components: 2 }, { preparation: { scaling: 'none' } }),
    );
    const { rows, doubtful } = await borderlineOf(fit);
    expect(doubtful).toBeNull();
    expect(rows[0].row).toBe(2);
    expect(rows[0].probability).toBeNaN();
    // Centres 5.9 / 3 and 9.5: the border is at their middle.
    expect(rows[0].move).toMatchObject({ feature: 0, from: 4.9 });
    expect(rows[0].move?.to).toBeCloseTo((5.9 / 3 + 9.5) / 2, 6);
    expect(rows[0].margin).toBeCloseTo(1 - (4.9 - 5.9 / 3) / (9.5 - 4.9), 12);
  });

  it('are none where there is one cluster', async () => {
    const { fit } = await irisFit(service, 1);
    expect(await borderlineOf(fit)).toEqual({ listed: 0, doubtful: null, rows: [] });
  });
});
