import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsBetween, columnWidth, layColumns } from '../../../../renderer/components/table/columnLayout';

describe('columnsBetween', () => {
  it('gives the columns of which something is in view', () => {
    const layout = layColumns([100, 50, 200]);
    expect(columnsBetween(layout, 0, 99)).toEqual([0, 1]);
    expect(columnsBetween(layout, 0, 101)).toEqual([0, 2]);
    expect(columnsBetween(layout, 100, 120)).toEqual([1, 2]);
    expect(columnsBetween(layout, 149, 1000)).toEqual([1, 3]);
  });

  it('no columns, or no view, is no columns', () => {
    expect(columnsBetween(layColumns([]), 0, 500)).toEqual([0, 0]);
    expect(columnsBetween(layColumns([100]), 0, 0)).toEqual([0, 0]);
  });

  it('agrees with looking at every column', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 200 }),
        fc.nat(20_000),
        fc.integer({ min: 1, max: 2000 }),
        (widths, from, view) => {
          const layout = layColumns(widths);
          fc.pre(from < layout.widthPx);
          const expected = widths
            .map((_, index) => index)
            .filter((index) => layout.left[index + 1] > from && layout.left[index] < from + view);
          const [first, end] = columnsBetween(layout, from, from + view);
          expect([first, end]).toEqual([expected[0], expected.at(-1)! + 1]);
        },
      ),
    );
  });
});

describe('columnWidth', () => {
  it('stays within bounds whatever the texts', () => {
    expect(columnWidth('', [])).toBe(136);
    expect(columnWidth('x'.repeat(500), [])).toBe(280);
  });
});
