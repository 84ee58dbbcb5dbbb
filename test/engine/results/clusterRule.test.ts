import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findRule, measureRule } from '../../../electron/engine/results/clusterRule';
import { roundBetween } from '../../../electron/engine/results/roundBetween';
import { codeColumn, holds, type RuleColumn } from '../../../electron/engine/results/ruleColumns';

const numbers = (...values: number[]): RuleColumn => ({ kind: 'number', values: Float64Array.from(values) });
const levels = (count: number, ...values: number[]): RuleColumn => ({
  kind: 'level',
  values: Float64Array.from(values),
  levels: count,
});
const ruleOf = (
  columns: readonly RuleColumn[],
  label: readonly number[],
  cluster: number,
  weight?: readonly number[],
) =>
  findRule(
    {
      columns: columns.map(codeColumn),
      label: Int32Array.from(label),
      weight: weight && Float64Array.from(weight),
    },
    cluster,
  );

test('a bound is the roundest number between two values', () => {
  expect(roundBetween(1.9, 3.3)).toBe(3);
  expect(roundBetween(2.4, 2.5)).toBe(2.5);
  expect(roundBetween(2.41, 2.49)).toBe(2.45);
  expect(roundBetween(999.7, 1004.2)).toBe(1000);
  expect(roundBetween(-0.3, 0.2)).toBe(0);
  expect(roundBetween(3, 4)).toBe(4);
});

test('a bound parts the two values it stands between, whatever they are', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });
  fc.assert(
    fc.property(number, number, (a, b) => {
      fc.pre(a !== b);
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const bound = roundBetween(low, high);
      expect(low < bound && bound <= high).toBe(true);
    }),
  );
});

test('one number that parts a cluster is one condition', () => {
  expect(ruleOf([numbers(1, 1.2, 1.4, 5, 5.2, 5.4)], [0, 0, 0, 1, 1, 1], 0)).toEqual([
    { kind: 'range', feature: 0, from: null, below: 3 },
  ]);
});

test('a cluster between two others is one condition with two bounds', () => {
  const rule = ruleOf([numbers(1, 1.2, 1.4, 5, 5.2, 5.4, 9, 9.2, 9.4)], [0, 0, 0, 1, 1, 1, 2, 2, 2], 1);
  expect(rule).toEqual([{ kind: 'range', feature: 0, from: 3, below: 7 }]);
});

test('a cluster that lies where two conditions meet is found, though neither is good alone', () => {
  // Rows of all four corners; the cluster is one of them.
  const x = [0, 0, 0, 0, 1, 1, 1, 1].flatMap((own) => [own, own]);
  const sex = [0, 0, 1, 1, 0, 0, 1, 1].flatMap((own) => [own, own]);
  const label = x.map((own, i) => (own === 1 && sex[i] === 1 ? 0 : 1));
  const rule = ruleOf([numbers(...x), levels(2, ...sex)], label, 0);
  expect(rule).toHaveLength(2);
  expect(rule).toContainEqual({ kind: 'level', feature: 1, level: 1, isNot: false });
});

test('of many levels, all but one can be the rule', () => {
  const letters = [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3];
  expect(
    ruleOf(
      [levels(4, ...letters)],
      letters.map((letter) => (letter === 2 ? 1 : 0)),
      0,
    ),
  ).toEqual([{ kind: 'level', feature: 0, level: 2, isNot: true }]);
});

test('where nothing tells the cluster from the others there is no rule', () => {
  expect(ruleOf([levels(2, 0, 1, 0, 1, 0, 1, 0, 1)], [0, 0, 1, 1, 0, 0, 1, 1], 0)).toBeNull();
});

test('a missing cell fulfils no condition, not even one that says what the cell is not', () => {
  const columns = [numbers(NaN), levels(3, NaN)];
  expect(holds({ kind: 'range', feature: 0, from: null, below: 5 }, columns, 0)).toBe(false);
  expect(holds({ kind: 'level', feature: 1, level: 0, isNot: true }, columns, 0)).toBe(false);
});

const someRows = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 9 }),
    fc.integer({ min: 0, max: 2 }),
    fc.nat(1),
    fc.integer({ min: 1, max: 3 }),
  ),
  { minLength: 4, maxLength: 60 },
);

test('weight w is the row w times, for the rule and for its measures', () => {
  fc.assert(
    fc.property(someRows, (rows) => {
      const once = rows.map(([, , , weight]) => weight);
      const long = rows.flatMap((row) => Array<typeof row>(row[3]).fill(row));
      const of = (all: typeof rows): RuleColumn[] => [
        numbers(...all.map(([x]) => x)),
        levels(3, ...all.map(([, level]) => level)),
      ];
      const label = (all: typeof rows) => Int32Array.from(all, ([, , cluster]) => cluster);
      const weighted = ruleOf(of(rows), [...label(rows)], 0, once);
      expect(ruleOf(of(long), [...label(long)], 0)).toEqual(weighted);
      if (weighted === null) return;
      expect(measureRule(weighted, of(rows), label(rows), Float64Array.from(once), 0)).toEqual(
        measureRule(weighted, of(long), label(long), undefined, 0),
      );
    }),
  );
});

test('a rule never has more than three conditions on features and beats saying "all rows"', () => {
  fc.assert(
    fc.property(someRows, (rows) => {
      const columns = [numbers(...rows.map(([x]) => x)), levels(3, ...rows.map(([, level]) => level))];
      const label = Int32Array.from(rows, ([, , cluster]) => cluster);
      const rule = ruleOf(columns, [...label], 0);
      if (rule === null) return;
      expect(rule.length).toBeLessThanOrEqual(3);
      const { precision, recall } = measureRule(rule, columns, label, undefined, 0);
      const share = label.filter((own) => own === 0).length / label.length;
      expect((2 * precision * recall) / (precision + recall)).toBeGreaterThan((2 * share) / (1 + share));
    }),
  );
});
