import { describe, expect, it } from 'vitest';
import { createBlockCache, type CellRange } from '../../../../renderer/components/table/blockCache';

/** A table whose cells say where they stand, fetched when the test lets it. */
function gated(options: { rows: number; columns: number; capacity?: number; concurrency?: number }) {
  const asked: CellRange[] = [];
  const gates: (() => void)[] = [];
  let arrivals = 0;
  const cache = createBlockCache({
    ...options,
    blockRows: 10,
    blockColumns: 4,
    onArrival: () => arrivals++,
    fetchBlock: async (range) => {
      asked.push(range);
      await new Promise<void>((open) => gates.push(open));
      return Array.from({ length: range.endRow - range.firstRow }, (_, row) =>
        Array.from(
          { length: range.endColumn - range.firstColumn },
          (_cell, column) => `${range.firstRow + row}:${range.firstColumn + column}`,
        ),
      );
    },
  });
  async function letAllIn(): Promise<void> {
    while (gates.length > 0) {
      gates.shift()!();
      await new Promise((done) => setImmediate(done));
    }
  }
  return { cache, asked, letAllIn, arrivals: () => arrivals };
}

const view = (firstRow: number, endRow: number, firstColumn = 0, endColumn = 4): CellRange => ({
  firstRow,
  endRow,
  firstColumn,
  endColumn,
});

describe('createBlockCache', () => {
  it('gives each cell its own text, to the last row and column', async () => {
    const { cache, letAllIn } = gated({ rows: 25, columns: 6 });
    expect(cache.cell(24, 5)).toBeUndefined();
    cache.want(view(0, 25, 0, 6));
    await letAllIn();
    for (let row = 0; row < 25; row++) {
      for (let column = 0; column < 6; column++) expect(cache.cell(row, column)).toBe(`${row}:${column}`);
    }
  });

  it('never asks beyond the table', async () => {
    const { cache, asked, letAllIn } = gated({ rows: 25, columns: 6 });
    cache.want(view(0, 25, 0, 6));
    await letAllIn();
    expect(Math.max(...asked.map((range) => range.endRow))).toBe(25);
    expect(Math.max(...asked.map((range) => range.endColumn))).toBe(6);
  });

  it('asks for what is in view before what is around it', () => {
    const { cache, asked } = gated({ rows: 1000, columns: 4, concurrency: 1 });
    cache.want(view(500, 508));
    expect(asked).toEqual([view(500, 510)]);
  });

  it('forgets what was wanted in passing', async () => {
    const { cache, asked, letAllIn } = gated({ rows: 100_000, columns: 4, concurrency: 1 });
    for (let row = 0; row < 90_000; row += 1000) cache.want(view(row, row + 8));
    await letAllIn();
    // The first was under way; then only where it came to rest, and its neighbours.
    expect(asked[0]).toEqual(view(0, 10));
    expect(asked[1]).toEqual(view(89_000, 89_010));
    expect(asked).toHaveLength(4);
  });

  it('asks once for a block that is here or under way', async () => {
    const { cache, asked, letAllIn } = gated({ rows: 10, columns: 4 });
    cache.want(view(0, 10));
    cache.want(view(0, 10));
    await letAllIn();
    cache.want(view(0, 10));
    expect(asked).toHaveLength(1);
  });

  it('forgets the blocks used longest ago, never those in view', async () => {
    const { cache, letAllIn } = gated({ rows: 1000, columns: 4, capacity: 4 });
    for (let row = 0; row < 200; row += 10) {
      cache.want(view(row, row + 10));
      await letAllIn();
      expect(cache.cell(row, 0)).toBe(`${row}:0`);
    }
    expect(cache.cell(0, 0)).toBeUndefined();
  });

  it('a block that could not be had is asked for again when wanted again', async () => {
    let tries = 0;
    const cache = createBlockCache({
      rows: 1,
      columns: 1,
      onArrival: () => undefined,
      fetchBlock: () => Promise.resolve(++tries === 1 ? null : [['x']]),
    });
    cache.want(view(0, 1, 0, 1));
    await new Promise((done) => setImmediate(done));
    expect(tries).toBe(1);
    cache.want(view(0, 1, 0, 1));
    await new Promise((done) => setImmediate(done));
    expect(cache.cell(0, 0)).toBe('x');
  });
});
