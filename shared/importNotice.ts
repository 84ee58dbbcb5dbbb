import { z } from 'zod';

const column = z.int().nonnegative();
const columns = z.array(column);
const row = z.int().nonnegative();
const count = z.int().nonnegative();

/**
 * What happened while a file was read that a person should know. Rows, columns and lines are counted from 0.
 * The text is made where it is shown.
 */
export const importNotice = z.discriminatedUnion('kind', [
  // Bytes and characters
  z.object({ kind: z.literal('encodingGuessed'), encoding: z.string() }),
  z.object({ kind: z.literal('damagedCharacters'), count }),
  z.object({ kind: z.literal('nulCharacters'), count }),
  // Lines and cells
  z.object({ kind: z.literal('unclosedQuote'), line: z.int(), count }),
  z.object({ kind: z.literal('malformedQuotes'), line: z.int(), count }),
  z.object({ kind: z.literal('skippedLines'), lines: count, firstText: z.string() }),
  z.object({ kind: z.literal('blankLines'), count }),
  z.object({ kind: z.literal('shortRows'), count, firstRow: row }),
  z.object({ kind: z.literal('longRows'), count, firstRow: row, extraColumns: count }),
  z.object({ kind: z.literal('emptyColumnsDropped'), count }),
  z.object({ kind: z.literal('longCell'), column, row, length: z.int() }),
  // Header
  z.object({ kind: z.literal('noHeader') }),
  z.object({ kind: z.literal('headerUnsure'), hasHeader: z.boolean() }),
  z.object({ kind: z.literal('headerRowsJoined'), rows: count }),
  z.object({ kind: z.literal('namelessColumns'), columns }),
  z.object({ kind: z.literal('repeatedNames'), columns }),
  z.object({ kind: z.literal('delimiterUnsure'), delimiter: z.string() }),
  // Columns
  z.object({ kind: z.literal('emptyColumns'), columns }),
  z.object({ kind: z.literal('constantColumns'), columns }),
  z.object({ kind: z.literal('leadingZeros'), columns }),
  z.object({
    kind: z.literal('unreadableCells'),
    column,
    type: z.string(),
    count,
    examples: z.array(z.object({ row, text: z.string() })),
  }),
  z.object({ kind: z.literal('notFinite'), column, count, firstRow: row, text: z.string() }),
  z.object({ kind: z.literal('hugeIntegers'), column, text: z.string() }),
  /** `text` could be a decimal number or have a thousands separator; `value` is how it was read. */
  z.object({
    kind: z.literal('ambiguousNumbers'),
    column,
    text: z.string(),
    decimal: z.enum(['.', ',']),
    value: z.number(),
    otherValue: z.number(),
  }),
  z.object({
    kind: z.literal('ambiguousDates'),
    column,
    text: z.string(),
    order: z.enum(['dmy', 'mdy']),
  }),
  /** A number that looks like a code for "missing". */
  z.object({ kind: z.literal('possibleMissingCode'), column, text: z.string(), count }),
  /** A text that was taken for missing but may be a code like the others of its column. */
  z.object({ kind: z.literal('missingOrCode'), column, text: z.string(), count }),
  // The table
  z.object({ kind: z.literal('singleRow') }),
  z.object({ kind: z.literal('noRows') }),
  // Workbooks
  z.object({ kind: z.literal('otherSheets'), sheet: z.string(), others: z.array(z.string()) }),
  z.object({ kind: z.literal('hiddenSheets'), sheets: z.array(z.string()) }),
  z.object({ kind: z.literal('mergedCells'), count, first: z.string() }),
  z.object({ kind: z.literal('errorCells'), count, first: z.string(), text: z.string() }),
  z.object({ kind: z.literal('formulasWithoutValue'), count, first: z.string() }),
]);
export type ImportNotice = z.infer<typeof importNotice>;

const questions: ReadonlySet<ImportNotice['kind']> = new Set<ImportNotice['kind']>([
  'headerUnsure',
  'delimiterUnsure',
  'ambiguousNumbers',
  'ambiguousDates',
  'possibleMissingCode',
  'missingOrCode',
]);

/** Notices that ask something: the reading is a guess until a person answers. */
export function isQuestion(notice: ImportNotice): boolean {
  return questions.has(notice.kind);
}

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

const numbered = (index: number): string => (index + 1).toLocaleString('en');

/** At most `limit` names in quotes, and how many more there are. */
function listed(names: readonly string[], limit = 6): string {
  const shown = names.slice(0, limit).map((name) => `"${name}"`);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more.toLocaleString('en')} more` : shown.join(', ');
}

/**
 * The notice as a sentence or two: what, where, and what to do about it. `columnName` gives a column's name by its
 * index. Rows and lines are shown counted from 1.
 */
export function importNoticeText(notice: ImportNotice, columnName: (index: number) => string): string {
  const name = (index: number): string => `"${columnName(index)}"`;
  const names = (indices: readonly number[]): string => listed(indices.map(columnName));
  switch (notice.kind) {
    case 'encodingGuessed':
      return `The file is not UTF-8. It was read as ${notice.encoding}; if letters look wrong, choose another encoding.`;
    case 'damagedCharacters':
      return `${counted(notice.count, 'character is', 'characters are')} damaged in the file and shown as "\uFFFD".`;
    case 'nulCharacters':
      return `The file holds ${counted(notice.count, 'NUL character', 'NUL characters')}, which text files should not have. They were kept.`;
    case 'unclosedQuote':
      return `Line ${numbered(notice.line)}: a quote is never closed. It was taken as an ordinary character${notice.count > 1 ? `, as on ${counted(notice.count - 1, 'other line', 'other lines')}` : ''}; check the cells there.`;
    case 'malformedQuotes':
      return `Line ${numbered(notice.line)}: a quote in the middle of a quoted cell. ${notice.count > 1 ? `${notice.count.toLocaleString('en')} cells are like this; check` : 'Check'} how the cell was read.`;
    case 'skippedLines':
      return `${counted(notice.lines, 'line', 'lines')} above the table ${notice.lines === 1 ? 'was' : 'were'} left out, beginning with "${notice.firstText}".`;
    case 'blankLines':
      return `${counted(notice.count, 'blank line', 'blank lines')} between the rows ${notice.count === 1 ? 'was' : 'were'} skipped.`;
    case 'shortRows':
      return `${counted(notice.count, 'row is', 'rows are')} shorter than the table, the first is row ${numbered(notice.firstRow)}. The cells at the end count as missing.`;
    case 'longRows':
      return `${counted(notice.count, 'row has', 'rows have')} more cells than the header, the first is row ${numbered(notice.firstRow)}. The extra cells are kept in ${counted(notice.extraColumns, 'column', 'columns')} at the end.`;
    case 'emptyColumnsDropped':
      return `${counted(notice.count, 'column', 'columns')} at the end without a name or any cell ${notice.count === 1 ? 'was' : 'were'} left out.`;
    case 'longCell':
      return `Row ${numbered(notice.row)}, column ${name(notice.column)} holds ${notice.length.toLocaleString('en')} characters. If that is a mistake, check the quotes around there.`;
    case 'noHeader':
      return 'The first row looks like data, so the columns are numbered. If it is a header, say so in the import settings.';
    case 'headerUnsure':
      return notice.hasHeader
        ? 'The first row was taken as a header, but nothing in it proves that. Is it?'
        : 'The first row was taken as data, but it may be a header. Is it?';
    case 'headerRowsJoined':
      return `The header has ${counted(notice.rows, 'row', 'rows')} with merged cells; they were joined into one.`;
    case 'namelessColumns':
      return `${counted(notice.columns.length, 'column has', 'columns have')} no name in the file: ${names(notice.columns)}.`;
    case 'repeatedNames':
      return `Names that stand more than once in the header were told apart: ${names(notice.columns)}.`;
    case 'delimiterUnsure':
      return `Cells could be separated in more than one way. They were split at ${notice.delimiter}; is that right?`;
    case 'emptyColumns':
      return `${counted(notice.columns.length, 'column is', 'columns are')} empty: ${names(notice.columns)}.`;
    case 'constantColumns':
      return `${counted(notice.columns.length, 'column is', 'columns are')} the same in every row, so ${notice.columns.length === 1 ? 'it tells' : 'they tell'} nothing apart: ${names(notice.columns)}.`;
    case 'leadingZeros':
      return `${names(notice.columns)}: numbers begin with 0, as in post codes, so they are kept as text.`;
    case 'unreadableCells':
      return `${name(notice.column)} has ${counted(notice.count, 'cell', 'cells')} that cannot be read as ${notice.type}: ${notice.examples.map((example) => `row ${numbered(example.row)} (${clipped(example.text)})`).join(', ')}${notice.count > notice.examples.length ? ', ...' : ''}. Set its type to ${notice.type} to count them as missing, or leave the column out.`;
    case 'notFinite':
      return `${name(notice.column)} has ${counted(notice.count, 'value', 'values')} that no computer number can hold, the first "${clipped(notice.text)}" in row ${numbered(notice.firstRow)}. They count as unreadable and never enter a fit.`;
    case 'hugeIntegers':
      return `${name(notice.column)} has whole numbers beyond 9,007,199,254,740,992, such as ${clipped(notice.text)}. Their digits are kept in the table and in exports; as a feature they would be rounded.`;
    case 'ambiguousNumbers':
      return `${name(notice.column)}: "${notice.text}" was read as ${notice.value}, but could be ${notice.otherValue}. Is "${notice.decimal}" the decimal mark?`;
    case 'ambiguousDates':
      return `${name(notice.column)}: "${notice.text}" was read as ${notice.order === 'dmy' ? 'day, month, year' : 'month, day, year'}, but nothing in the column proves that order. Is it right?`;
    case 'possibleMissingCode':
      return `${name(notice.column)} holds ${notice.text} ${notice.count === 1 ? 'once' : `${notice.count.toLocaleString('en')} times`}, far from the other values. Does it mean "missing"?`;
    case 'missingOrCode':
      return `${name(notice.column)}: "${notice.text}" was counted as missing ${notice.count === 1 ? 'once' : `${notice.count.toLocaleString('en')} times`}, but looks like the other codes there. If it is one, remove it from the missing codes.`;
    case 'singleRow':
      return 'The table has one row: there is nothing to cluster.';
    case 'noRows':
      return 'There are no rows under the header.';
    case 'otherSheets':
      return `Sheet "${notice.sheet}" was read. The workbook also has ${listed(notice.others)}.`;
    case 'hiddenSheets':
      return `Hidden in the workbook: ${listed(notice.sheets)}.`;
    case 'mergedCells':
      return `${counted(notice.count, 'group', 'groups')} of merged cells in the table, the first at ${notice.first}: the value stands in the first cell, the others are missing.`;
    case 'errorCells':
      return `${counted(notice.count, 'cell holds', 'cells hold')} a spreadsheet error, the first ${notice.text} at ${notice.first}. They count as missing.`;
    case 'formulasWithoutValue':
      return `${counted(notice.count, 'formula has', 'formulas have')} no stored value, the first at ${notice.first}, and count as missing. Open the workbook in a spreadsheet program and save it again.`;
  }
}

/** Long texts cut short, so that a sentence stays one. */
function clipped(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}\u2026` : text;
}
