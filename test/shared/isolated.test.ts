import { expect, test } from 'vitest';
import { isolated } from '../../shared/isolated';
import { ruleText } from '../../shared/resultText';

test('a name from right to left is set apart from the numbers of a rule', () => {
  const feature = { kind: 'number', name: 'العمر' } as const;
  const rule = ruleText([{ kind: 'range', feature: 0, from: -2.5, below: null }], [feature]);
  expect(rule).toBe('\u2068العمر\u2069 ≥ -2.5');
});

test('other names are left as they are, so that they can be searched for', () => {
  for (const name of ['Petal.Length', '一列', 'größe']) expect(isolated(name)).toBe(name);
});
