import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preparation, type Preparation } from '../../shared/fit';
import { failureText } from '../../shared/failureText';
import { prepareRows, type PreparedRows } from '../../electron/service/preparation/prepareRows';
import { parametersInFileUnits, startInFitUnits } from '../../electron/service/units';
import { memoryTable } from '../support/memoryTable';

const wanted = (given: Partial<Preparation> & { features: string[] }): Preparation =>
  preparation.parse(given);

function prepared(
  columns: Record<string, readonly number[]>,
  given: Partial<Preparation> = {},
): PreparedRows {
  const result = prepareRows(
    memoryTable(columns),
    wanted({ features: Object.keys(columns), ...given }),
    'gaussian',
  );
  if (!result.ok) throw new Error(failureText(result.failure));
  return result.value;
}

function refused(columns: Record<string, readonly number[]>, given: Partial<Preparation> = {}): string {
  const result = prepareRows(
    memoryTable(columns),
    wanted({ features: Object.keys(columns), ...given }),
    'gaussian',
  );
  if (result.ok) throw new Error('The preparation was not refused.');
  return failureText(result.failure);
}

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true });

describe('the matrix', () => {
  it.each([1e-310, 1e-200, 1e200, 1.7e308])('is standardised in units of any size: %d', (unit) => {
    const { rows } = prepared({ a: [unit, -unit, unit, -unit] });
    for (const [i, value] of rows.x.entries()) expect(value).toBeCloseTo(i % 2 === 0 ? 1 : -1, 12);
  });

  it('is refused in words where all rows weigh nothing', () => {
    const wanted = { features: ['a'], weights: 'w' };
    expect(refused({ a: [1, 2], w: [0, 0] }, wanted)).toContain('No row used has a weight above 0');
  });

  it('is standardised with weights of any size', () => {
    const weight = [1e300, 1e300, 2e300];
    const { rows, scaling } = prepared({ a: [0, 4, 2], w: weight }, { features: ['a'], weights: 'w' });
    expect([...scaling.mean, ...scaling.sd]).toEqual([2, Math.SQRT2]);
    expect(rows.x[2]).toBe(0);
  });

  it('holds the features in the order they were named', () => {
    const { rows } = prepared({ a: [1, 2], b: [3, 4] }, { features: ['b', 'a'], scaling: 'none' });
    expect([...rows.x]).toEqual([3, 1, 4, 2]);
  });

  it('leaves out rows that miss a feature, and says which rows are in it', () => {
    const found = prepared(
      { a: [1, NaN, 3, 4], b: [1, 2, NaN, 4] },
      { scaling: 'none', missing: 'dropRows' },
    );
    expect([...found.tableRow]).toEqual([0, 3]);
    expect([...found.rows.x]).toEqual([1, 1, 4, 4]);
    expect(found.rowsLeftOut).toBe(2);
  });

  it('ignores a missing cell of a column that is no feature', () => {
    expect(prepared({ a: [1, 2], b: [NaN, 1] }, { features: ['a'] }).rowsLeftOut).toBe(0);
  });

  it('standardised has mean 0 and variance 1 by divisor n, however far the data lie from zero', () => {
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 3, maxLength: 30 }),
        fc.constantFrom(0, 1e8),
        (values, offset) => {
          const shifted = values.map((value) => value / 1e6 + offset);
          fc.pre(new Set(shifted).size > 2 && Math.max(...shifted) - Math.min(...shifted) > 1e-3);
          const { x, n } = prepared({ a: shifted }, { scaling: 'standardise' }).rows;
          const mean = x.reduce((sum, value) => sum + value, 0) / n;
          const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
          expect(Math.abs(mean)).toBeLessThan(1e-4);
          expect(Math.abs(variance - 1)).toBeLessThan(1e-4);
        },
      ),
    );
  });

  it('unscaled keeps every number as the file has it, so that ties stay ties', () => {
    expect([...prepared({ a: [0, 0.1, 3.6] }, { scaling: 'none' }).rows.x]).toEqual([0, 0.1, 3.6]);
  });

  it('unscaled is centred only where it lies too far from zero for its spread', () => {
    const { rows, scaling } = prepared({ a: [1e8, 1e8 + 1, 1e8 + 2] }, { scaling: 'none' });
    expect([...rows.x]).toEqual([-1, 0, 1]);
    expect([...scaling.mean]).toEqual([1e8 + 1]);
  });

  it('takes weights along, and a row of weight two counts twice in mean and sd', () => {
    const weighted = prepared({ a: [1, 5, 9], w: [2, 1, 1] }, { features: ['a'], weights: 'w' });
    const repeated = prepared({ a: [1, 1, 5, 9] });
    expect([...(weighted.rows.weight ?? [])]).toEqual([2, 1, 1]);
    expect(weighted.scaling.mean[0]).toBeCloseTo(repeated.scaling.mean[0] ?? NaN, 12);
    expect(weighted.scaling.sd[0]).toBeCloseTo(repeated.scaling.sd[0] ?? NaN, 12);
    expect(weighted.totalWeight).toBe(4);
  });
});

describe('a preparation is refused in words', () => {
  it.each([
    ['an unknown column', { a: [1, 2] }, { features: ['c'] }, 'no column "c"'],
    ['a column named twice', { a: [1, 2] }, { features: ['a', 'a'] }, '"a" is named twice'],
    ['a constant column', { a: [5, 5], b: [1, 2] }, {}, '"a" is 5 in every row'],
    ['no row left', { a: [NaN, 1], b: [1, NaN] }, { missing: 'dropRows' as const }, 'None of the 2 rows'],
    [
      'a missing cell where none may be',
      { a: [1, NaN] },
      { missing: 'refuse' as const },
      'the first in row 2',
    ],
    ['a negative weight', { a: [1, 2], w: [1, -1] }, { features: ['a'], weights: 'w' }, 'Row 2, column "w"'],
    ['too few numbers in a scaling', { a: [1, 2] }, { scaling: { mean: [], sd: [] } }, '1 numbers'],
    ['a scaling by zero', { a: [1, 2] }, { scaling: { mean: [0], sd: [0] } }, 'above 0'],
  ])('%s', (_what, columns, given, words) => {
    expect(refused(columns, given)).toContain(words);
  });

  it('a column that is not numeric names the first cell that is to blame', () => {
    const result = prepareRows(
      memoryTable({ a: [1, 2] }, { a: 'mixed' }),
      wanted({ features: ['a'] }),
      'gaussian',
    );
    expect(!result.ok && failureText(result.failure)).toContain('Row 4, column "a": "12.3.4"');
  });
});

describe('the way back to units of the file', () => {
  it('undoes the way there, for means and covariances', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 2, maxLength: 2 }), (means) => {
        const scaling = { mean: Float64Array.of(3, -200), sd: Float64Array.of(0.01, 40) };
        const covariances = [
          [
            [2, 0.5],
            [0.5, 7],
          ],
        ];
        const start = startInFitUnits(
          { parameters: { weights: [1], means: [means], covariances, probabilities: [], categories: [] } },
          scaling,
          [
            { kind: 'number', name: 'a' },
            { kind: 'number', name: 'b' },
          ],
        );
        if (!('parameters' in start)) throw new Error('The start lost its parameters.');
        const back = parametersInFileUnits(
          {
            weight: Float64Array.of(1),
            mean: Float64Array.from(start.parameters.means.flat()),
            covariance: Float64Array.from(start.parameters.covariances.flat(2)),
          },
          scaling,
          1,
        );
        means.forEach((value, j) => expect(back.mean[j]).toBeCloseTo(value, 6));
        [2, 0.5, 0.5, 7].forEach((value, j) => expect(back.covariance?.[j]).toBeCloseTo(value, 10));
        // Variances alone are in units of the file squared too.
        const own = { mean: Float64Array.of(0, 0), variance: Float64Array.of(2, 7) };
        const alone = parametersInFileUnits(own, scaling, 1).covariance;
        expect(alone).toHaveLength(2);
        [2, 7].forEach((value, j) => expect(alone?.[j]).toBeCloseTo(value * scaling.sd[j] ** 2, 10));
      }),
    );
  });
});
