import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureText } from '../../shared/failureText';
import type { Finding } from '../../shared/finding';
import type { FitSpecification } from '../../shared/fit';
import { failureRemedies, findingRemedies } from '../../shared/remedies';
import { openService, specified, valueOf, type OpenService } from './openService';

let service: OpenService;
beforeAll(() => {
  service = openService();
});
afterAll(() => service.close());

/** A table of `rows` rows, each cell made of its row and a stream of uniform numbers. */
function table(
  columns: Record<string, (i: number, u: () => number) => number | string>,
  rows: number,
): string {
  let state = 1;
  // Park and Miller (1988).
  const uniform = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const lines = Array.from({ length: rows }, (_, i) =>
    Object.values(columns)
      .map((cell) => cell(i, uniform))
      .join(','),
  );
  return [Object.keys(columns).join(','), ...lines, ''].join('\n');
}

const two = (i: number, u: () => number): number => (i % 2) * 6 + u() + u() + u();
const full = { family: 'gaussian', components: 2 };

interface Degenerate {
  readonly text: string;
  readonly specification: FitSpecification;
  readonly finding: Finding['kind'];
}

const degenerate: Record<string, Degenerate> = {
  'a constant column': {
    text: table({ a: two, b: () => 5, c: two }, 40),
    specification: specified(['a', 'b', 'c'], full),
    finding: 'constantColumn',
  },
  'a column twice, in other units': {
    text: (() => {
      const own = table({ a: two, b: two }, 40).trim().split('\n');
      return own
        .map((line, i) => `${line},${i === 0 ? 'c' : 1.8 * Number(line.split(',')[0]) + 32}`)
        .join('\n');
    })(),
    specification: specified(['a', 'b', 'c'], full),
    finding: 'duplicateColumns',
  },
  'a column that is the sum of two': {
    text: (() => {
      const own = table({ a: two, b: two }, 40).trim().split('\n');
      const sum = (line: string): number => line.split(',').reduce((total, cell) => total + Number(cell), 0);
      return own.map((line, i) => `${line},${i === 0 ? 'c' : sum(line)}`).join('\n');
    })(),
    specification: specified(['a', 'b', 'c'], full),
    finding: 'collinearColumn',
  },
  'fewer rows than a covariance of each cluster needs': {
    text: table({ a: two, b: two, c: two, d: two, e: two }, 9),
    specification: specified(['a', 'b', 'c', 'd', 'e'], full),
    finding: 'fewRowsPerCluster',
  },
  'fewer distinct rows than clusters': {
    text: table({ a: (i) => i % 3, b: (i) => (i % 3) ** 2 }, 30),
    specification: specified(['a', 'b'], { family: 'kmeans', components: 5 }),
    finding: 'fewDistinctRows',
  },
  'a column without a value': {
    text: table({ a: two, b: () => '', c: two }, 30),
    specification: specified(['a', 'b', 'c'], full),
    finding: 'emptyColumn',
  },
};

describe.each(Object.entries(degenerate))('%s', (_name, { text, specification, finding }) => {
  it('is found by name', async () => {
    const { table: id } = await service.open(text);
    const { findings } = valueOf(await service.client.call('fit.diagnose', { table: id, specification }));
    expect(findings.map(({ kind }) => kind)).toContain(finding);
  });

  it('makes the fit fail with a reason, and every remedy offered makes it succeed', async () => {
    const { table: id } = await service.open(text);
    const { findings } = valueOf(await service.client.call('fit.diagnose', { table: id, specification }));
    const answer = await service.client.call('fit.run', { table: id, specification });
    if (answer.ok) throw new Error('The fit did not fail.');
    expect(failureText(answer.failure).length).toBeGreaterThan(20);
    const remedies = [
      ...failureRemedies(answer.failure, specification),
      ...findings.flatMap((found) => findingRemedies(found, specification)),
    ];
    expect(remedies.length).toBeGreaterThan(0);
    for (const remedy of remedies) {
      const cured = await service.client.call('fit.run', { table: id, specification: remedy.specification });
      if (!cured.ok) throw new Error(`"${remedy.label}" did not help: ${failureText(cured.failure)}`);
      expect(Number.isFinite(cured.value.criteria[cured.value.objective])).toBe(true);
    }
  });
});

describe('what is only doubtful', () => {
  it.each([
    [
      'scales a millionfold apart',
      { a: two, b: (i: number, u: () => number) => 1e7 * two(i, u) },
      'scalesApart',
    ],
    ['an offset that leaves no digits', { a: two, b: (i: number) => 1e15 + (i % 7) }, 'farFromZero'],
  ] as const)('%s is told, and remedies do not hurt', async (_what, columns, kind) => {
    const { table: id } = await service.open(table(columns, 60));
    const specification = specified(['a', 'b'], full, { preparation: { scaling: 'none' } });
    const { findings } = valueOf(await service.client.call('fit.diagnose', { table: id, specification }));
    const found = findings.find((one) => one.kind === kind);
    if (!found) throw new Error(`${kind} was not found`);
    for (const remedy of findingRemedies(found, specification)) {
      const answer = await service.client.call('fit.run', { table: id, specification: remedy.specification });
      expect(answer.ok).toBe(true);
    }
  });

  it('nothing is found in data without fault', async () => {
    const { table: id } = await service.open(table({ a: two, b: two }, 50));
    const { findings } = valueOf(
      await service.client.call('fit.diagnose', { table: id, specification: specified(['a', 'b'], full) }),
    );
    expect(findings).toEqual([]);
  });

  it('columns that are equal in most rows but not in all are not called duplicates', async () => {
    const text = table({ a: (i) => i % 977, b: (i) => (i === 12_345 ? -5 : i % 977) }, 50_000);
    const { table: id } = await service.open(text);
    const { findings } = valueOf(
      await service.client.call('fit.diagnose', { table: id, specification: specified(['a', 'b'], full) }),
    );
    expect(findings).toEqual([]);
  });
});
