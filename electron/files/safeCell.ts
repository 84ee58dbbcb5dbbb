import { cellShape } from './cellShape';

const dangerous = /^[=+\-@\t\r]/;
const dashes = /^-+$/;

/**
 * The text of a cell so that a spreadsheet program does not run it as a formula: an apostrophe before texts that begin
 * with = + - @, a tab or a carriage return (OWASP, CSV injection). Numbers, dates and times in any spelling the import
 * knows stay as they are, and so do the dashes that stand for "missing".
 */
export function safeCell(text: string): string {
  if (!dangerous.test(text)) return text;
  const { kind } = cellShape(text);
  return kind === 'text' && !dashes.test(text) ? `'${text}` : text;
}

/** A cell as it stands in a file: quoted by RFC 4180 where it must be. */
export function quotedCell(text: string, delimiter: ',' | ';'): string {
  const mustQuote =
    text.includes(delimiter) || /["\r\n]/.test(text) || (text !== '' && /^\s|\s$/u.test(text));
  return mustQuote ? `"${text.replaceAll('"', '""')}"` : text;
}
