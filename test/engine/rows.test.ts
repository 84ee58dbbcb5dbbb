import { expect, test } from 'vitest';
import { chunkCount, chunkRange, chunkRows } from '../../electron/engine/rows';

test.each([0, 1, 511, 512, 513, 131_072, 131_073, 1_000_000, 12_345_678])(
  'chunks cover %d rows once, in order',
  (n) => {
    let next = 0;
    for (let chunk = 0; chunk < chunkCount(n); chunk++) {
      const { from, to } = chunkRange(n, chunk);
      expect(from).toBe(next);
      expect(to).toBeGreaterThan(from);
      next = to;
    }
    expect(next).toBe(n);
    expect(chunkCount(n)).toBeLessThanOrEqual(256);
    expect(chunkRows(n)).toBeGreaterThanOrEqual(512);
  },
);
