/** Rows with another number of cells than the first: how many, and the first of them. */
export interface OddRows {
  readonly count: number;
  readonly firstRow: number;
}

/** Compares the number of cells of rows with what it should be. */
export class RowWidths {
  shortRows: OddRows | null = null;
  longRows: OddRows | null = null;

  constructor(readonly width: number) {}

  add(cells: number, row: number): void {
    if (cells < this.width) this.shortRows = together(this.shortRows, { count: 1, firstRow: row });
    else if (cells > this.width) this.longRows = together(this.longRows, { count: 1, firstRow: row });
  }

  /** Adds what was found in the rows from `firstRow` on, which were counted from 0. */
  append(next: Pick<RowWidths, 'shortRows' | 'longRows'>, firstRow: number): void {
    const moved = (rows: OddRows | null): OddRows | null =>
      rows === null ? null : { count: rows.count, firstRow: rows.firstRow + firstRow };
    this.shortRows = together(this.shortRows, moved(next.shortRows));
    this.longRows = together(this.longRows, moved(next.longRows));
  }
}

function together(above: OddRows | null, below: OddRows | null): OddRows | null {
  if (above === null || below === null) return above ?? below;
  return { count: above.count + below.count, firstRow: above.firstRow };
}
