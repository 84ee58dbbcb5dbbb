/** A cell; row -1 is the header. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** The size of a grid, and how many of its rows are in view. */
export interface GridExtent {
  readonly rows: number;
  readonly columns: number;
  readonly pageRows: number;
}

/**
 * The cell a key moves to, kept inside the grid; null for a key that moves nothing. After the grid pattern of
 * the ARIA Authoring Practices: arrows, Page Up and Down, Home and End in the row, with Control in the table.
 */
export function movedCell(
  from: CellPosition,
  key: string,
  withControl: boolean,
  extent: GridExtent,
): CellPosition | null {
  const move = (row: number, column: number): CellPosition => ({
    row: Math.min(extent.rows - 1, Math.max(-1, row)),
    column: Math.min(extent.columns - 1, Math.max(0, column)),
  });
  const { row, column } = from;
  const lastRow = extent.rows - 1;
  const lastColumn = extent.columns - 1;
  switch (key) {
    case 'ArrowUp':
      return withControl ? move(0, column) : move(row - 1, column);
    case 'ArrowDown':
      return withControl ? move(lastRow, column) : move(row + 1, column);
    case 'ArrowLeft':
      return withControl ? move(row, 0) : move(row, column - 1);
    case 'ArrowRight':
      return withControl ? move(row, lastColumn) : move(row, column + 1);
    case 'PageUp':
      return move(Math.max(0, row - extent.pageRows), column);
    case 'PageDown':
      return move(row + extent.pageRows, column);
    case 'Home':
      return withControl ? move(0, 0) : move(row, 0);
    case 'End':
      return withControl ? move(lastRow, lastColumn) : move(row, lastColumn);
    default:
      return null;
  }
}
