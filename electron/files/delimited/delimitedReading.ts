import { createDecoder, type Decoder } from './createDecoder';
import type { DelimitedDialect } from './delimitedDialect';
import { delimitedNotices } from './delimitedNotices';
import { RowReader } from './rowReader';
import type { TableSetting } from '../columns/columnReaders';
import type { BuiltTable } from '../table/finishTable';
import { TableBuilder } from '../table/tableBuilder';

/** Reads the bytes of a delimited file, piece by piece, into a table. */
export class DelimitedReading {
  private readonly decoder: Decoder;
  private readonly builder: TableBuilder;
  private readonly reader: RowReader;
  private isWithinColumns = true;

  constructor(
    private readonly dialect: DelimitedDialect,
    setting: TableSetting,
    blockLength: number | undefined,
  ) {
    const { syntax, layout, hasMixedLineEnds } = dialect;
    this.decoder = createDecoder(dialect.encoding);
    this.builder = new TableBuilder(setting);
    this.reader = new RowReader({
      syntax,
      hasMixedLineEnds,
      skippedLines: layout.skippedLines,
      blockLength,
      onBlock: (block) => {
        this.isWithinColumns &&= this.builder.add(block);
      },
    });
  }

  get rows(): number {
    return this.builder.rows;
  }

  /** Takes the next bytes. Answers why the text cannot be a table, in words, or null. */
  push(bytes: Uint8Array, isLast: boolean): string | null {
    if (!this.reader.push(this.decoder.decode(bytes, isLast), isLast)) {
      return 'it has a line of more than 268 million characters';
    }
    return this.isWithinColumns ? null : 'it has a row of more than 100,000 cells';
  }

  finish(): BuiltTable {
    const built = this.builder.finish();
    const { unclosedQuotes, malformedQuotes, blankLines } = this.reader;
    const lines = { unclosedQuotes, malformedQuotes, blankLines: blankLines.counts.between };
    return { ...built, notices: [...delimitedNotices(this.dialect, lines), ...built.notices] };
  }
}
