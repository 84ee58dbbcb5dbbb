import { expect, test } from 'vitest';
import { chunkCount, chunkRange, chunkRows } from '../../electron/engine/rows';

test.each([0, 1, 2047, 2048, 2049, 262_144, 262_145, 1_000_000, 12_345_678])(
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
    expect(chunkCount(n)).toBeLessThanOrEqual(128);
    expect(chunkRows(n)).toBeGreaterThanOrEqual(2048);
  },
);
