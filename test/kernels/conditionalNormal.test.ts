import { expect, test } from 'vitest';
import { createConditionals } from '../../electron/kernels/conditionalNormal';

test.each([3, 52, 53, 60, 104, 105, 110])(
  'rows of %i columns have one pattern if the same cells are missing, and only then',
  (d) => {
    const factor = Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0));
    const holes = [[0], [d - 1], [0, d - 1], [1]];
    const x = new Float64Array(2 * holes.length * d);
    holes.forEach((columns, row) =>
      columns.forEach((column) => (x[row * d + column] = x[(row + holes.length) * d + column] = NaN)),
    );
    const { patternOf } = createConditionals(factor, 1, d);
    const found = Array.from({ length: 2 * holes.length }, (_, row) => patternOf(x, row));
    holes.forEach((columns, row) => {
      expect([...found[row].missing]).toEqual(columns);
      expect(found[row].observed.length).toBe(d - columns.length);
      expect(found[row + holes.length]).toBe(found[row]);
    });
  },
);
