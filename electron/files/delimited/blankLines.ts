/** Counts of blank lines by where they stand: above the first row, between rows, below the last. */
export interface BlankLineCounts {
  readonly above: number;
  readonly between: number;
  readonly below: number;
  readonly hasRows: boolean;
}

/** Counts blank lines, and lines of delimiters only: those matter that have a row somewhere above and below them. */
export class BlankLines {
  private above = 0;
  private between = 0;
  private below = 0;
  private hasRows = false;

  addBlankLine(): void {
    if (this.hasRows) this.below += 1;
    else this.above += 1;
  }

  addRow(): void {
    this.between += this.below;
    this.below = 0;
    this.hasRows = true;
  }

  /** Adds what was counted in the text that follows. */
  append(next: BlankLineCounts): void {
    for (let line = 0; line < next.above; line++) this.addBlankLine();
    if (!next.hasRows) return;
    this.addRow();
    this.between += next.between;
    this.below = next.below;
  }

  get counts(): BlankLineCounts {
    const { above, between, below, hasRows } = this;
    return { above, between, below, hasRows };
  }
}
