import { expect, test } from 'vitest';
import type { FitFeature } from '../../shared/features';
import { moveText, ruleRowsText, ruleText } from '../../shared/resultText';

const features: FitFeature[] = [
  { kind: 'number', name: 'petal length' },
  { kind: 'yesNo', name: 'survived', yes: 'yes', no: 'no' },
  { kind: 'category', name: 'sex', levels: ['female', 'male'] },
];

test('conditions read as a person would write them, with every digit of a bound', () => {
  const range = (from: number | null, below: number | null) => ({
    kind: 'range' as const,
    feature: 0,
    from,
    below,
  });
  expect(ruleText([range(null, 2.45)], features)).toBe('petal length < 2.45');
  expect(ruleText([range(2.45, 4.90125)], features)).toBe('2.45 ≤ petal length < 4.90125');
  expect(ruleText([range(5, null)], features)).toBe('petal length ≥ 5');
  expect(
    ruleText(
      [
        { kind: 'level', feature: 2, level: 0, isNot: false },
        { kind: 'level', feature: 1, level: 0, isNot: true },
      ],
      features,
    ),
  ).toBe('sex = female and survived ≠ no');
});

test('a move names the cell, what is in it and what it would take', () => {
  expect(moveText({ feature: 0, from: 1.7, to: 1.5512345 }, features)).toBe('petal length: 1.7 → 1.551');
  expect(moveText({ feature: 1, from: 1, to: 0 }, features)).toBe('survived: yes → no');
  expect(moveText({ feature: 2, from: 0, to: 1 }, features)).toBe('sex: female → male');
});

test('a move too small for four digits is written with as many as show it', () => {
  expect(moveText({ feature: 0, from: 1.7, to: 1.70003 }, features)).toBe('petal length: 1.7 → 1.70003');
});

test('rules say which rows they were measured on', () => {
  expect(ruleRowsText({ rules: [], foundOn: 74, measuredOn: 76, isHeldOut: true })).toBe(
    'Found on 74 rows drawn at random within each cluster, measured on 76 others.',
  );
  expect(ruleRowsText({ rules: [], foundOn: 7, measuredOn: 7, isHeldOut: false })).toContain('same 7 rows');
});
