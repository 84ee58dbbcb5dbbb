import * as spreadsheet from '@e965/xlsx';
import { errorTexts } from '../columns/usualMissingCodes';

export type Cell = spreadsheet.CellObject;

const msPerDay = 86_400_000;
const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

/** The parts of SheetJS's date code that are used here. */
interface DateParts {
  readonly y: number;
  readonly m: number;
  readonly d: number;
}

const isDateFormat = spreadsheet.SSF.is_date as (format: string) => boolean;
const dateParts = spreadsheet.SSF.parse_date_code as (
  serial: number,
  options: { date1904: boolean },
) => DateParts | null;

/**
 * A serial day number as ISO 8601 text, to the millisecond: a date, a date and time, or, where the format shows no date,
 * a time. null when it is no day the spreadsheet knows.
 */
function dateText(serial: number, format: string, is1904: boolean): string | null {
  const ms = Math.round(serial * msPerDay);
  const day = Math.floor(ms / msPerDay);
  const inDay = ms - day * msPerDay;
  const seconds = Math.floor(inDay / 1000);
  const rest = inDay % 1000;
  const clock =
    `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}` +
    (rest === 0 ? '' : `.${pad(rest, 3)}`);
  const plainFormat = format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
  if (!/[dy]/i.test(plainFormat) && day === 0) return clock;
  const parts = dateParts(day, { date1904: is1904 });
  if (parts === null) return null;
  const date = `${pad(parts.y, 4)}-${pad(parts.m)}-${pad(parts.d)}`;
  return inDay === 0 ? date : `${date}T${clock}`;
}

/**
 * The text of a cell as the table keeps it: numbers with all their digits, not as displayed; dates as ISO 8601; errors
 * as the spreadsheet writes them. A blank cell, or a formula without a stored value, is ''.
 */
export function sheetCellText(cell: Cell | null | undefined, is1904: boolean): string {
  if (cell?.v === undefined || cell.v === null) return '';
  const { v: value, t: type } = cell;
  if (type === 'e') return errorTexts.get(Number(value)) ?? '#ERROR!';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value !== 'number') return value instanceof Date ? value.toISOString() : value;
  const format = cell.z;
  // Elapsed times such as [h]:mm are numbers of days, not days of a calendar.
  if (typeof format === 'string' && isDateFormat(format) && !/\[[hms]+\]/i.test(format)) {
    return dateText(value, format, is1904) ?? String(value);
  }
  return String(value);
}
