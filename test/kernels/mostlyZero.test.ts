import { expect, test } from 'vitest';
import { createRandom } from '../../electron/engine/numeric/random';
import { isMostlyZero } from '../../electron/kernels/mostlyZero';

const n = 1000;
const d = 20;

/** Rows of which so large a share is zero, about `centre` in the first feature. */
function rows(zeros: number, centre = 0): Float64Array {
  const random = createRandom(1, 'mostly zero');
  return Float64Array.from({ length: n * d }, (_, at) => {
    if (at % d === 0) return centre + random.normal();
    return random.uniform() < zeros ? 0 : random.normal();
  });
}

test('rows are mostly zero when more than six cells in ten are', () => {
  expect(isMostlyZero(rows(0.5), n, d)).toBe(false);
  expect(isMostlyZero(rows(0.8), n, d)).toBe(true);
  expect(isMostlyZero(new Float64Array(n * d), n, d)).toBe(true);
});

test('rows far from zero in one feature are not left at zero, where single precision would tell nothing', () => {
  expect(isMostlyZero(rows(0.8, 1e4), n, d)).toBe(false);
});
