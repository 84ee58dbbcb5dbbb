import { expect, test } from 'vitest';
import { comparandOptions, optionOf } from '../../../renderer/components/results/comparands';
import type { FinishedFit } from '../../../renderer/stores/fits';
import { faithfulSummary } from '../fitFixtures';
import { column } from '../support/tableFixtures';

const finished = (id: string, name: string): FinishedFit => ({
  number: 1,
  name,
  summary: faithfulSummary(id),
  signs: [],
  stability: null,
});
const fits = [finished('fit-1', 'coarse'), finished('fit-2', 'Fit 2')];
const columns = [
  column({ index: 0, name: 'length', distinct: 43 }),
  column({ index: 1, name: 'grade', type: 'integer', distinct: 5 }),
  column({ index: 2, name: 'colour', type: 'category', distinct: 4 }),
  column({ index: 3, name: 'species', type: 'category', distinct: 3 }),
  column({ index: 4, name: 'remark', type: 'text', distinct: 900 }),
];
const roles = ['feature', 'feature', 'feature', 'label', 'identifier'] as const;

test('labels come first, then other texts, then numbers of few values; measures and remarks are no groups', () => {
  const options = comparandOptions(fits[1].summary.fit, fits, columns, roles);
  expect(options.map(({ label }) => label)).toEqual([
    'Column species',
    'Column colour',
    'Column grade',
    'coarse, K = 2',
  ]);
});

test('a choice is known again, and is none once its fit is forgotten or shown itself', () => {
  const options = comparandOptions(fits[1].summary.fit, fits, columns, roles);
  const chosen = { kind: 'fit', fit: fits[0].summary.fit } as const;
  expect(optionOf(options, chosen)?.label).toBe('coarse, K = 2');
  expect(optionOf(comparandOptions(fits[0].summary.fit, fits, columns, roles), chosen)).toBeNull();
  expect(optionOf(options, null)).toBeNull();
});
