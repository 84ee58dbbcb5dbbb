import { describe, expect, it } from 'vitest';
import { defaultGrid } from '../../shared/defaultGrid';
import type { ChosenFeature } from '../../shared/registry/families';
import { memoryTable } from '../support/memoryTable';

/** Features of a table of columns made by row. */
function featuresOf(
  rows: number,
  columns: Record<string, (row: number) => number | string>,
): ChosenFeature[] {
  const cells = Object.entries(columns).map(([name, of]) => [
    name,
    Array.from({ length: rows }, (_, i) => of(i)),
  ]);
  return memoryTable(Object.fromEntries(cells)).summary.columns.map((column) => ({ column, kind: null }));
}
const numbers = (rows: number, d: number): ChosenFeature[] =>
  featuresOf(
    rows,
    Object.fromEntries(Array.from({ length: d }, (_, a) => [`x${a}`, (i) => Math.sin(i + a)])),
  );
const structures = (features: ChosenFeature[], rows: number) =>
  defaultGrid(features, rows)?.models.map((model) =>
    'covariance' in model ? model.covariance : model.family,
  );

describe('the default grid', () => {
  it('of a table like iris has the four common shapes, ten K, ten folds and ten starts', () => {
    expect(structures(numbers(150, 4), 150)).toEqual(['VII', 'VVI', 'EEE', 'VVV']);
    expect(defaultGrid(numbers(150, 4), 150)).toMatchObject({
      components: { from: 1, to: 10 },
      restarts: 10,
      validation: { kind: 'folds', folds: 10, repeats: 1 },
      reason: 'K up to 10 for 150 rows.',
    });
  });

  it('has no more clusters than rows are enough for', () => {
    expect(defaultGrid(numbers(34, 2), 34)?.components.to).toBe(3);
    // Two are compared with one wherever two rows for each can be told apart.
    expect(defaultGrid(numbers(10, 2), 10)?.components.to).toBe(2);
    expect(defaultGrid(numbers(3, 2), 3)?.components.to).toBe(1);
    const coarse = featuresOf(100, { x: (i) => i % 4 });
    expect(defaultGrid(coarse, 100)?.components.to).toBe(2);
  });

  it('leaves out shapes that two clusters of have more parameters than there are rows', () => {
    // VVV of 13 columns: 2 x 13 + 1 + 2 x 91 = 209 parameters.
    expect(structures(numbers(178, 13), 178)).toEqual(['VII', 'VVI', 'EEE']);
    expect(structures(numbers(12, 30), 12)).toEqual(['VII']);
    expect(defaultGrid(numbers(178, 13), 178)?.reason).toContain('more parameters than rows');
  });

  it('has no more classes than the answers can tell apart, and a light prior', () => {
    const answers = featuresOf(500, {
      a: (i) => (i % 2 ? 'yes' : 'no'),
      b: (i) => (i % 3 ? 'yes' : 'no'),
      c: (i) => (i % 5 ? 'yes' : 'no'),
    });
    // Eight cells, and a class has 3 probabilities and a weight: two classes.
    const grid = defaultGrid(answers, 500);
    expect(grid?.components.to).toBe(2);
    expect(grid?.models).toMatchObject([{ family: 'bernoulli', prior: { probability: { a: 1.1, b: 1.1 } } }]);
  });

  it('costs about the same however many rows there are', () => {
    const sizes = [1_000, 20_000, 1_000_000].map((rows) => {
      const grid = defaultGrid(numbers(50, 10), rows);
      return [grid?.restarts, grid?.validation?.kind ?? null];
    });
    expect(sizes).toEqual([
      [10, 'folds'],
      [3, 'folds'],
      [3, null],
    ]);
  });

  it('is none where no model suits', () => {
    expect(defaultGrid([], 100)?.models ?? null).toBeNull();
  });
});
