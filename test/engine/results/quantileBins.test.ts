import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binEnds, binFinder, countUpTo } from '../../../electron/engine/results/binEnds';
import { fillBins, quantiles } from '../../../electron/engine/results/quantileBins';

const quarters = [0.25, 0.5, 0.75];

/** Definition 2 of Hyndman and Fan (1996) by sorting: what R's quantile(type = 2) gives. */
function bySorting(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = sorted.length * share;
  if (sorted.length === 0) return NaN;
  return Number.isInteger(at) ? (sorted[at - 1] + sorted[at]) / 2 : sorted[Math.floor(at)];
}

/** Values of few digits, so that many are equal, and some far from the others. */
const value = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.integer({ min: -1000, max: 1000 }).map((whole) => whole / 8),
  fc.constantFrom(1e9, -1e9),
);

test('quantiles of hard clusters, and of all of them, are those of their sorted values', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(value, fc.integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 300 }),
      (rows) => {
        const values = Float64Array.from(rows, ([own]) => own);
        const memberships = new Float64Array(rows.length * 3);
        rows.forEach(([, cluster], i) => (memberships[3 * i + cluster] = 1));
        const bins = fillBins(values, memberships, 3, undefined);
        const found = quantiles(values, memberships, 3, undefined, bins, quarters);
        const expected = [0, 1, 2, null].flatMap((cluster) => {
          const own = rows.filter(([, other]) => cluster === null || other === cluster).map(([x]) => x);
          return quarters.map((share) => bySorting(own, share));
        });
        expect([...found]).toEqual(expected);
      },
    ),
  );
});

test('weight w is the row w times, and missing cells are not counted', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.option(value, { nil: NaN }), fc.integer({ min: 0, max: 3 })), {
        minLength: 1,
        maxLength: 100,
      }),
      (rows) => {
        const values = Float64Array.from(rows, ([own]) => own);
        const weight = Float64Array.from(rows, ([, own]) => own);
        const ones = new Float64Array(rows.length).fill(1);
        const bins = fillBins(values, ones, 1, weight);
        const found = quantiles(values, ones, 1, weight, bins, quarters);
        const copies = rows.flatMap(([own, times]) =>
          Number.isNaN(own) ? [] : Array<number>(times).fill(own),
        );
        expect([...found.subarray(0, 3)]).toEqual(quarters.map((share) => bySorting(copies, share)));
      },
    ),
  );
});

test('the finder gives the bin that halving gives, however the ends crowd', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 500 }), fc.array(value), (values, others) => {
      const ends = binEnds(Float64Array.from(values));
      const find = binFinder(ends);
      for (const own of [...values, ...others]) expect(find(own)).toBe(countUpTo(ends, own));
    }),
  );
});
