import { expect, test } from 'vitest';
import type { z } from 'zod';
import { algorithm as algorithmSchema } from '../../shared/algorithm';
import { algorithmProblem } from '../../electron/engine/drive/algorithms';
import { createModel } from '../../electron/engine/models/registry';
import { runRestarts } from '../../electron/threads/restarts';
import { familyCases, groupedRows } from '../laws/familyData';
import { bits, never, nobody, poolsOfTest, runOf, share } from './threadRuns';

const pool = poolsOfTest();

const ways: z.input<typeof algorithmSchema>[] = [
  { name: 'em', acceleration: 'squarem' },
  { name: 'em', mStep: 'conditional' },
  { name: 'hard' },
  { name: 'stochastic', iterations: 5, draws: 2 },
  { name: 'annealed', schedule: [0.5], iterationsPerTemperature: 4 },
  { name: 'online', batchSize: 100, epochs: 1 },
];

const cases = familyCases
  .filter(({ name }) => name !== 'gaussian EEI')
  .flatMap(({ name, specification, space }) => ({
    name,
    specification,
    space,
    algorithms: ways
      .map((way) => algorithmSchema.parse(way))
      .filter((algorithm) => algorithmProblem(createModel(specification, space), algorithm) === null),
  }));

test.each(cases)('$name in any way gives the same bits on 1, 2 and 3 threads', async (own) => {
  const { rows } = groupedRows(own.space, 4, 1100, {
    apart: 0.4,
    missing: own.name === 'bernoulli' ? 0.1 : 0,
  });
  const request = {
    rows: share(rows),
    model: own.specification,
    space: own.space,
    start: { method: 'kmeans' } as const,
  };
  const results = [];
  for (const threads of [1, 2, 3]) {
    const team = pool(threads);
    const ended = [];
    for (const algorithm of own.algorithms) {
      const run = runOf({ algorithm, maxIterations: 12 });
      ended.push(bits(await runRestarts(team, { ...request, run }, nobody, never)));
    }
    results.push(ended);
  }
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test('a start by a run of its own is the same on 1, 2 and 3 threads', async () => {
  const own = familyCases.find(({ name }) => name === 'gaussian VVV');
  if (!own) throw new Error('there is no such family');
  // With missing cells another model makes the start; of so many chunks every thread gets some.
  const { rows } = groupedRows(own.space, 4, 6000, { apart: 0.4, missing: 0.1 });
  const request = {
    rows: share(rows),
    model: own.specification,
    space: own.space,
    start: { method: 'kmeans' } as const,
    run: runOf({ maxIterations: 1 }),
  };
  const results = [];
  for (const threads of [1, 2, 3])
    results.push(bits(await runRestarts(pool(threads), request, nobody, never)));
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});
