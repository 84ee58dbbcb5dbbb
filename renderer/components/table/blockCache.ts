/** A rectangle of cells: rows [firstRow, endRow), columns [firstColumn, endColumn). */
export interface CellRange {
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstColumn: number;
  readonly endColumn: number;
}

export interface BlockCacheOptions {
  readonly rows: number;
  readonly columns: number;
  /** Text of a block, rows x columns; null when it cannot be had now. */
  readonly fetchBlock: (range: CellRange) => Promise<readonly (readonly string[])[] | null>;
  /** A block has come: what is in view may be drawn again. */
  readonly onArrival: () => void;
  /** @default 128 x 32 cells, 256 blocks, 3 at a time: by eye, a screen is two to four blocks. */
  readonly blockRows?: number;
  readonly blockColumns?: number;
  readonly capacity?: number;
  readonly concurrency?: number;
}

export interface BlockCache {
  /** The text of a cell; undefined while it is not here. */
  cell(row: number, column: number): string | undefined;
  /**
   * Says what is in view. Its blocks are fetched, nearest to the middle first, then those around it; what an
   * earlier call wanted and has not been asked for yet is forgotten, so that dragging through a million rows
   * fetches only where it rests.
   */
  want(view: CellRange): void;
}

/** Keeps blocks of a table that is too large to hold, forgetting those used longest ago. */
export function createBlockCache(options: BlockCacheOptions): BlockCache {
  const { rows, columns, fetchBlock, onArrival } = options;
  const { blockRows = 128, blockColumns = 32, capacity = 256, concurrency = 3 } = options;
  const lastBlockRow = Math.ceil(rows / blockRows) - 1;
  const lastBlockColumn = Math.ceil(columns / blockColumns) - 1;
  const blocksAcross = lastBlockColumn + 1;
  // A Map remembers the order of insertion: the first key is the one used longest ago.
  const blocks = new Map<number, readonly (readonly string[])[]>();
  const underWay = new Set<number>();
  let wanted: number[] = [];

  function fill(): void {
    while (underWay.size < concurrency) {
      const key = wanted.shift();
      if (key === undefined) return;
      if (!blocks.has(key) && !underWay.has(key)) void load(key);
    }
  }

  async function load(key: number): Promise<void> {
    underWay.add(key);
    const firstRow = Math.floor(key / blocksAcross) * blockRows;
    const firstColumn = (key % blocksAcross) * blockColumns;
    const cells = await fetchBlock({
      firstRow,
      endRow: Math.min(rows, firstRow + blockRows),
      firstColumn,
      endColumn: Math.min(columns, firstColumn + blockColumns),
    });
    underWay.delete(key);
    if (cells !== null) {
      blocks.set(key, cells);
      forgetOldest();
      onArrival();
    }
    fill();
  }

  function forgetOldest(): void {
    for (const key of blocks.keys()) {
      if (blocks.size <= capacity) return;
      blocks.delete(key);
    }
  }

  return {
    cell(row, column) {
      const key = Math.floor(row / blockRows) * blocksAcross + Math.floor(column / blockColumns);
      return blocks.get(key)?.[row % blockRows]?.[column % blockColumns];
    },
    want(view) {
      const top = Math.floor(view.firstRow / blockRows);
      const bottom = Math.floor((view.endRow - 1) / blockRows);
      const left = Math.floor(view.firstColumn / blockColumns);
      const right = Math.floor((view.endColumn - 1) / blockColumns);
      const middleRow = (top + bottom) / 2;
      const middleColumn = (left + right) / 2;
      const near: { key: number; distance: number }[] = [];
      for (let row = Math.max(0, top - 1); row <= Math.min(lastBlockRow, bottom + 1); row++) {
        for (let column = Math.max(0, left - 1); column <= Math.min(lastBlockColumn, right + 1); column++) {
          const key = row * blocksAcross + column;
          const block = blocks.get(key);
          if (block !== undefined) {
            blocks.delete(key);
            blocks.set(key, block);
            continue;
          }
          const isInView = row >= top && row <= bottom && column >= left && column <= right;
          const distance = Math.abs(row - middleRow) + Math.abs(column - middleColumn);
          near.push({ key, distance: isInView ? distance - 1000 : distance });
        }
      }
      wanted = near.sort((a, b) => a.distance - b.distance).map((entry) => entry.key);
      fill();
    },
  };
}
