import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movedCell } from '../../../../renderer/components/table/gridKeys';

const extent = { rows: 1_000_000, columns: 12, pageRows: 25 };

describe('movedCell', () => {
  it('Control and End go to the last cell, Control and Home to the first', () => {
    expect(movedCell({ row: 3, column: 2 }, 'End', true, extent)).toEqual({ row: 999_999, column: 11 });
    expect(movedCell({ row: 3, column: 2 }, 'Home', true, extent)).toEqual({ row: 0, column: 0 });
  });

  it('the arrow up reaches the header from the first row', () => {
    expect(movedCell({ row: 0, column: 2 }, 'ArrowUp', false, extent)).toEqual({ row: -1, column: 2 });
  });

  it('pages by the rows in view', () => {
    expect(movedCell({ row: 30, column: 2 }, 'PageDown', false, extent)?.row).toBe(55);
    expect(movedCell({ row: 3, column: 2 }, 'PageUp', false, extent)?.row).toBe(0);
  });

  it('leaves other keys to others', () => {
    expect(movedCell({ row: 0, column: 0 }, 'a', false, extent)).toBeNull();
  });

  it('never leaves the grid', () => {
    const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'];
    const presses = fc.array(fc.tuple(fc.constantFrom(...keys), fc.boolean()), { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        presses,
        (rows, columns, pressed) => {
          let cell = { row: 0, column: 0 };
          for (const [key, withControl] of pressed) {
            cell = movedCell(cell, key, withControl, { rows, columns, pageRows: 7 })!;
            expect(cell.row).toBeGreaterThanOrEqual(-1);
            expect(cell.row).toBeLessThan(rows);
            expect(cell.column).toBeGreaterThanOrEqual(0);
            expect(cell.column).toBeLessThan(columns);
          }
        },
      ),
    );
  });
});
