import { describe, expect, it } from 'vitest';
import { failureText } from '../../shared/failureText';
import { preparation, type Preparation } from '../../shared/fit';
import type { Family } from '../../shared/model';
import type { ColumnType } from '../../shared/table';
import { prepareRows, type PreparedRows } from '../../electron/service/preparation/prepareRows';
import { chooseYes } from '../../electron/service/preparation/yesNo';
import { memoryTable } from '../support/memoryTable';

type Columns = Record<string, readonly (number | string)[]>;
type Given = Partial<Preparation> & { types?: Record<string, ColumnType> };

function prepare(columns: Columns, family: Family, { types, ...given }: Given) {
  const wanted = preparation.parse({ features: Object.keys(columns), ...given });
  return prepareRows(memoryTable(columns, types), wanted, family);
}

function prepared(columns: Columns, family: Family, given: Given = {}): PreparedRows {
  const result = prepare(columns, family, given);
  if (!result.ok) throw new Error(failureText(result.failure));
  return result.value;
}

function refused(columns: Columns, family: Family, given: Given = {}): string {
  const result = prepare(columns, family, given);
  if (result.ok) throw new Error('The preparation was not refused.');
  return failureText(result.failure);
}

describe('which of two values means yes', () => {
  it.each([
    [['no', 'yes'], 'yes'],
    [['YES', 'No'], 'YES'],
    [['n', 'y'], 'y'],
    [['ja', 'nein'], 'ja'],
    [['0', '1'], '1'],
    [['-1', '0'], '0'],
    [['2', '1'], '2'],
    [['10', '9'], '10'],
    [['absent', 'here'], 'here'],
    [['male', 'female'], 'male'],
  ])('%j: %s, whatever the order of rows', (values, yes) => {
    expect(chooseYes(values).yes).toBe(yes);
    expect(chooseYes([...values].reverse()).yes).toBe(yes);
  });

  it.each([
    [['0'], { yes: '', no: '0' }],
    [['1'], { yes: '1', no: '' }],
    [['no'], { yes: '', no: 'no' }],
    [['married'], { yes: 'married', no: '' }],
  ])('of %j alone', (values, found) => {
    expect(chooseYes(values)).toEqual(found);
  });
});

describe('yes/no columns', () => {
  it('are 1, 0 and NaN, with the texts of both values told', () => {
    const { rows, features, missingCells } = prepared({ a: ['yes', 'no', ''], b: [2, 1, 2] }, 'bernoulli');
    expect([...rows.x]).toEqual([1, 1, 0, 0, NaN, 1]);
    expect(features).toEqual([
      { kind: 'yesNo', name: 'a', yes: 'yes', no: 'no' },
      { kind: 'yesNo', name: 'b', yes: '2', no: '1' },
    ]);
    expect(missingCells).toBe(1);
    expect(rows.hasMissing).toBe(true);
  });

  it('of numbers are cut at the threshold, which is yes itself', () => {
    const { rows, features } = prepared({ grey: [0, 8, 7.9, 16] }, 'bernoulli', { threshold: 8 });
    expect([...rows.x]).toEqual([0, 1, 0, 1]);
    expect(features[0]).toMatchObject({ yes: '8 or more', no: 'below 8' });
  });

  it('of a column of type yes/no do not care about case', () => {
    const { rows } = prepared({ a: ['Yes', 'yes', 'NO'] }, 'bernoulli', { types: { a: 'boolean' } });
    expect([...rows.x]).toEqual([1, 1, 0]);
  });

  it('with three values are refused, and the values named', () => {
    expect(refused({ a: ['x', 'y', 'z'] }, 'bernoulli')).toContain(
      '"a" cannot be taken as yes or no: it has 3',
    );
    expect(refused({ a: [1, 2, 3] }, 'bernoulli')).toContain('"1", "2", "3"');
  });

  it('are not scaled, beside numbers that are', () => {
    const { rows, scaling, overall } = prepared({ a: ['n', 'y', 'y'], b: [1, 2, 3] }, 'mixed');
    expect([...rows.x].filter((_, i) => i % 2 === 0)).toEqual([0, 1, 1]);
    expect([...scaling.mean]).toEqual([2]);
    expect([...overall.weight]).toEqual([3]);
  });
});

describe('categories', () => {
  it('have their levels in order of first appearance, numbers too', () => {
    const { rows, space, features } = prepared({ a: ['b', 'a', 'b', ''], c: [7, 7, 5, 6] }, 'categorical');
    expect([...rows.x]).toEqual([0, 0, 1, 0, 0, 1, NaN, 2]);
    expect(features[1]).toEqual({ kind: 'category', name: 'c', levels: ['7', '5', '6'] });
    expect(space[0]).toEqual({ kind: 'category', levels: 2 });
  });

  it('have only levels that a row used has', () => {
    const { features, tableRow } = prepared({ a: ['x', 'b', 'c', 'b'], n: [NaN, 1, 2, 3] }, 'mixed', {
      missing: 'dropRows',
    });
    expect([...tableRow]).toEqual([1, 2, 3]);
    expect(features[0]).toMatchObject({ levels: ['b', 'c'] });
  });

  it('with a level of its own for every row are refused', () => {
    const names = Array.from({ length: 12 }, (_, i) => `name ${i}`);
    expect(refused({ name: names }, 'categorical')).toContain('every row has a value of its own');
  });
});

describe('kinds', () => {
  it('of a mixed family follow the columns: two values yes/no, texts categories, others numbers', () => {
    const columns = { a: [1.5, 2.5], b: ['p', 'q'], c: [0, 1], d: [3, 4] };
    const types = { c: 'integer', a: 'number', d: 'number' } as const;
    const { features } = prepared(columns, 'mixed', { types });
    expect(features.map(({ kind }) => kind)).toEqual(['number', 'yesNo', 'yesNo', 'number']);
  });

  it('that are chosen go before', () => {
    const { features } = prepared({ a: [1, 2, 1] }, 'mixed', { kinds: { a: 'category' } });
    expect(features).toEqual([{ kind: 'category', name: 'a', levels: ['1', '2'] }]);
  });

  it('that the family has no likelihood for are refused', () => {
    expect(refused({ a: [1, 2] }, 'gaussian', { kinds: { a: 'category' } })).toContain('as a category');
  });

  it('do not matter for a column without a single value', () => {
    expect(refused({ a: [NaN, NaN], b: [1, 2] }, 'gaussian')).toContain('none of its cells holds a value');
    expect(refused({ a: ['', ''], b: ['x', 'y'] }, 'categorical')).toContain(
      'none of its cells holds a value',
    );
  });
});

describe('known labels', () => {
  it('become clusters in order of first appearance, -1 where they are blank', () => {
    const columns = { a: [1, 2, 3, 4], l: ['', 'late', 'early', 'late'] };
    const { rows, labels, labelledRows } = prepared(columns, 'gaussian', { features: ['a'], labels: 'l' });
    expect([...(rows.label ?? [])]).toEqual([-1, 0, 1, 0]);
    expect([labels, labelledRows]).toEqual([['late', 'early'], 3]);
  });

  it('may be numbers, among them -1', () => {
    const columns = { a: [1, 2, 3], l: [NaN, -1, 4] };
    const { rows } = prepared(columns, 'gaussian', { features: ['a'], labels: 'l' });
    expect([...(rows.label ?? [])]).toEqual([-1, 0, 1]);
  });
});

describe('missing numbers', () => {
  it('are left out of mean and deviation, and kept as NaN', () => {
    const { rows, scaling } = prepared({ a: [1, NaN, 3], b: [1, 2, 6] }, 'gaussian');
    expect([...scaling.mean]).toEqual([2, 3]);
    expect([...rows.x].map((value) => Number(value.toFixed(6)))).toEqual([
      -1,
      -0.92582,
      NaN,
      -0.46291,
      1,
      1.38873,
    ]);
  });
});
