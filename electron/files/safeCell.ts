import { cellShape } from './columns/cellShape';

const dangerous = /^[=+\-@\t\r]/;
const dashes = /^-+$/;

/**
 * The text of a cell so that a spreadsheet program does not run it as a formula: an apostrophe before texts that begin
 * with = + - @, a tab or a carriage return (OWASP, CSV injection). Numbers, dates and times in any spelling the import
 * knows stay as they are, and so do the dashes that stand for "missing".
 */
export function safeCell(text: string): string {
  if (!dangerous.test(text) || text.trim() === '') return text;
  const { kind } = cellShape(text);
  return kind === 'text' && !dashes.test(text) ? `'${text}` : text;
}

/** What makes a cell need quotes: the delimiter, quotes, line ends, and blanks at its ends that a reader may drop. */
const quoteNeeded = { ',': /[",\r\n]|^\s|\s$/u, ';': /[";\r\n]|^\s|\s$/u } as const;

/** A cell as it stands in a file: quoted by RFC 4180 where it must be. */
export function quotedCell(text: string, delimiter: ',' | ';'): string {
  return quoteNeeded[delimiter].test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line of a file of cells, safe and quoted. */
export const delimitedLine = (cells: readonly string[], delimiter: ',' | ';'): string =>
  `${cells.map((cell) => quotedCell(safeCell(cell), delimiter)).join(delimiter)}\r\n`;
