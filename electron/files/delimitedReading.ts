import type { ImportNotice } from '../../shared/importNotice';
import type { Delimiter, Encoding, ImportOptions } from '../../shared/table';
import { createDecoder, type Decoder } from './createDecoder';
import type { DelimitedDialect } from './delimitedDialect';
import { RowReader } from './rowReader';
import { TableBuilder, type BuiltTable, type ReadingPlan } from './tableBuilder';

const encodingNames: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1252': 'Windows-1252 (Western European)',
  'iso-8859-1': 'ISO 8859-1 (Western European)',
};
const delimiterNames: Record<Delimiter, string> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
  whitespace: 'blanks',
};

/** Reads the bytes of a delimited file, piece by piece, into a table. */
export class DelimitedReading {
  private readonly decoder: Decoder;
  private readonly builder: TableBuilder;
  private readonly reader: RowReader;
  private isWithinColumns = true;

  constructor(
    private readonly dialect: DelimitedDialect,
    options: ImportOptions,
    setting: {
      readonly firstReadings: readonly ReadingPlan[];
      readonly expectedRows: number;
      readonly expectedBytes: number;
      readonly blockLength: number | undefined;
    },
  ) {
    const { syntax, layout, hasMixedLineEnds } = dialect;
    this.decoder = createDecoder(dialect.encoding);
    this.builder = new TableBuilder({
      syntax,
      hasHeader: layout.hasHeader,
      isHeaderShifted: layout.isHeaderShifted,
      options,
      isWorkbook: false,
      firstReadings: setting.firstReadings,
      expectedRows: setting.expectedRows,
      expectedBytes: setting.expectedBytes,
    });
    this.reader = new RowReader({
      syntax,
      hasMixedLineEnds,
      skippedLines: layout.skippedLines,
      blockLength: setting.blockLength,
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
    return { ...built, notices: [...this.notices(), ...built.notices] };
  }

  private notices(): ImportNotice[] {
    const { facts, encoding, layout } = this.dialect;
    const { unclosedQuotes, malformedQuotes, blankLines } = this.reader;
    const notices: ImportNotice[] = [];
    if (facts.isEncodingGuessed && encoding === facts.encoding) {
      notices.push({ kind: 'encodingGuessed', encoding: encodingNames[encoding] });
    }
    if (facts.damagedCount > 0 && encoding === 'utf-8') {
      notices.push({ kind: 'damagedCharacters', count: facts.damagedCount });
    }
    if (facts.nulCount > 0 && !encoding.startsWith('utf-16')) {
      notices.push({ kind: 'nulCharacters', count: facts.nulCount });
    }
    if (layout.isDelimiterUnsure && layout.delimiter !== null) {
      notices.push({ kind: 'delimiterUnsure', delimiter: delimiterNames[layout.delimiter] });
    }
    if (layout.firstSkippedText !== '') {
      notices.push({ kind: 'skippedLines', lines: layout.skippedLines, firstText: layout.firstSkippedText });
    }
    if (layout.isHeaderUnsure) notices.push({ kind: 'headerUnsure', hasHeader: layout.hasHeader });
    else if (!layout.hasHeader) notices.push({ kind: 'noHeader' });
    if (unclosedQuotes !== null) notices.push({ kind: 'unclosedQuote', ...unclosedQuotes });
    if (malformedQuotes !== null) notices.push({ kind: 'malformedQuotes', ...malformedQuotes });
    if (blankLines > 0) notices.push({ kind: 'blankLines', count: blankLines });
    return notices;
  }
}
