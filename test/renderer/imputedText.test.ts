import { expect, test } from 'vitest';
import { imputedText } from '../../renderer/components/results/imputedText';
import type { FitFeature } from '../../shared/features';

const aid: FitFeature = { kind: 'yesNo', name: 'aid', yes: 'y', no: 'n' };
const party: FitFeature = { kind: 'category', name: 'party', levels: ['left', 'right'] };

test.each([
  [{ kind: 'number', name: 'length' }, 5.0123, 0.345, '≈ 5.012 ± 0.34'],
  [{ kind: 'number', name: 'length' }, 5.0123, NaN, '≈ 5.012'],
  [aid, 0.93, 0.26, '≈ y (93 %)'],
  [aid, 0.07, 0.26, '≈ n (93 %)'],
  [party, 1, 0.6, '≈ right (60 %)'],
] as const)('%j filled with %d (%d) reads %s', (feature, value, spread, text) => {
  expect(imputedText(feature as FitFeature, value, spread)).toBe(text);
});
