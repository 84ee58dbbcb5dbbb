import { z } from 'zod';
import { tableId } from './ids';
import { importNotice } from './importNotice';

/** How the cells of a column are read. `mixed`: some cells are numbers and some are not. */
export const columnType = z.enum([
  'integer',
  'number',
  'percent',
  'currency',
  'boolean',
  'category',
  'text',
  'date',
  'datetime',
  'time',
  'mixed',
  'empty',
]);
export type ColumnType = z.infer<typeof columnType>;

/** True for the types whose cells are numbers, so that a Gaussian mixture or k-means can use them. */
export function isNumeric(type: ColumnType): boolean {
  return type === 'integer' || type === 'number' || type === 'percent' || type === 'currency';
}

/** What a column is for. Only features enter a fit; identifiers and labels are shown beside its result. */
const columnRole = z.enum(['feature', 'label', 'identifier', 'ignore']);
export type ColumnRole = z.infer<typeof columnRole>;

export const encoding = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1']);
export type Encoding = z.infer<typeof encoding>;

export const decimalMark = z.enum(['.', ',']);
export type DecimalMark = z.infer<typeof decimalMark>;

/** `whitespace`: runs of blanks separate cells. */
export const delimiter = z.enum([',', ';', '\t', '|', 'whitespace']);
export type Delimiter = z.infer<typeof delimiter>;

/** What a person may decide about one column; anything left out is detected over the whole file. */
const columnOverride = z.strictObject({
  /** Counted from 0, in file order. */
  index: z.int().nonnegative(),
  type: columnType.optional(),
  decimal: decimalMark.optional(),
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).optional(),
  /** Texts that mean "missing" in this column, beside those that mean it everywhere. */
  missingCodes: z.array(z.string()).optional(),
});
export type ColumnOverride = z.infer<typeof columnOverride>;

/** What a person may decide about a file; anything left out is detected over the whole file. */
export const importOptions = z.strictObject({
  sheet: z.string().optional(),
  encoding: encoding.optional(),
  delimiter: delimiter.optional(),
  decimal: decimalMark.optional(),
  hasHeader: z.boolean().optional(),
  /** Lines (rows of a sheet) above the header or the first data row that are not part of the table. */
  skippedLines: z.int().nonnegative().optional(),
  /** Texts that mean "missing" in every column; replaces the usual list. */
  missingCodes: z.array(z.string()).optional(),
  columns: z.array(columnOverride).optional(),
});
export type ImportOptions = z.infer<typeof importOptions>;

/** How a file was read in the end: detected or chosen, with nothing left open. */
export const dialect = z.object({
  format: z.enum(['delimited', 'workbook']),
  encoding: encoding.nullable(),
  hasByteOrderMark: z.boolean(),
  /** null: one column, nothing to separate; or a workbook. */
  delimiter: delimiter.nullable(),
  decimal: decimalMark,
  hasHeader: z.boolean(),
  skippedLines: z.int().nonnegative(),
  missingCodes: z.array(z.string()),
  sheet: z.string().nullable(),
  /** All sheets of a workbook, in order; empty for delimited text. */
  sheets: z.array(z.string()),
});
export type Dialect = z.infer<typeof dialect>;

const countedText = z.object({ text: z.string(), count: z.int() });

/** One column as it was read: enough for its card, and for a person to see that nothing was misread. */
const columnSummary = z.object({
  index: z.int().nonnegative(),
  /** Unique and not empty; what the rest of the program calls the column. */
  name: z.string(),
  /** What the file says. */
  originalName: z.string(),
  type: columnType,
  /** False when a person chose the type. */
  isDetected: z.boolean(),
  suggestedRole: columnRole,
  reading: z.object({
    decimal: decimalMark.nullable(),
    thousands: z.string().nullable(),
    currency: z.string().nullable(),
    dateOrder: z.enum(['ymd', 'dmy', 'mdy']).nullable(),
  }),
  /** Cells that are blank or hold a missing code. */
  missing: z.int(),
  missingSpellings: z.array(countedText),
  /** Cells that cannot be read as `type`, with the first few. Rows are counted from 0. */
  unreadable: z.object({
    count: z.int(),
    examples: z.array(z.object({ row: z.int(), text: z.string() })),
  }),
  distinct: z.int(),
  /** True when counting stopped at a limit. */
  isDistinctLowerBound: z.boolean(),
  /** Of the readable cells of a numeric column; null otherwise or when there are none. */
  numeric: z
    .object({
      first: z.number(),
      min: z.number(),
      max: z.number(),
      sum: z.number(),
      mean: z.number(),
      /** Divisor n - 1; 0 for a single cell. */
      sd: z.number(),
      median: z.number(),
      /** Counts in equal bins from min to max. */
      histogram: z.array(z.int()),
    })
    .nullable(),
  /** The most frequent texts of a column that is not numeric. */
  frequent: z.array(countedText),
});
export type ColumnSummary = z.infer<typeof columnSummary>;

/** Everything about an open table but its cells. */
export const tableSummary = z.object({
  table: tableId,
  fileName: z.string(),
  sizeBytes: z.number(),
  rows: z.int(),
  columns: z.array(columnSummary),
  dialect,
  notices: z.array(importNotice),
});
export type TableSummary = z.infer<typeof tableSummary>;

/** The first rows as they will be read: shown while the rest streams in, and live in the import dialog. */
export const tablePreview = z.object({
  fileName: z.string(),
  dialect,
  columns: z.array(z.object({ name: z.string(), type: columnType, reading: columnSummary.shape.reading })),
  /** Original text, rows x columns. */
  rows: z.array(z.array(z.string())),
  notices: z.array(importNotice),
  /** True when the preview holds the whole file. */
  isComplete: z.boolean(),
});
export type TablePreview = z.infer<typeof tablePreview>;

/** Original text of a block of cells. */
export const tableSlice = z.object({
  firstRow: z.int().nonnegative(),
  firstColumn: z.int().nonnegative(),
  cells: z.array(z.array(z.string())),
});
