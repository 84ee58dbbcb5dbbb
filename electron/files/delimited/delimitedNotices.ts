import type { ImportNotice } from '../../../shared/importNotice';
import type { Delimiter, Encoding } from '../../../shared/table';
import type { DelimitedDialect } from './delimitedDialect';
import type { LineProblem } from './rowReader';

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

/** What was odd about the lines of a file. */
export interface LineFindings {
  readonly unclosedQuotes: LineProblem | null;
  readonly malformedQuotes: LineProblem | null;
  /** Blank lines between rows. */
  readonly blankLines: number;
}

/** What a person should know about how a delimited file was read, but for its columns. */
export function delimitedNotices(
  { facts, encoding, layout }: DelimitedDialect,
  { unclosedQuotes, malformedQuotes, blankLines }: LineFindings,
): ImportNotice[] {
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
