import type { Delimiter } from '../../../shared/table';
import { cellShape } from '../columns/cellShape';
import { isBlankRow, splitRows, type RowSyntax } from './splitRows';

export interface DelimiterFinding {
  /** null: one column. */
  readonly delimiter: Delimiter | null;
  /** Another delimiter fits as well. */
  readonly isUnsure: boolean;
}

/** In the order of preference where several fit alike: a tab is hardly ever part of a cell, a comma often. */
const candidates: readonly Delimiter[] = ['\t', ';', '|', ','];
const mostRows = 200;
/** Share of lines that must have the usual number of cells. By taste: files with many ragged rows exist. */
const leastConsistency = 0.5;

interface Fit {
  readonly delimiter: Delimiter;
  readonly consistency: number;
  readonly clean: number;
  readonly rows: readonly (readonly string[])[];
  readonly width: number;
}

/** The number of cells that most rows have; the larger of equals. */
export function usualWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let best = 0;
  let most = 0;
  for (const [width, count] of counts) {
    if (count > most || (count === most && width > best)) [best, most] = [width, count];
  }
  return best;
}

function sampleRows(text: string, syntax: RowSyntax, isWhole: boolean): string[][] {
  const { rows } = splitRows(text, syntax, 'quoted', isWhole);
  return rows.filter((row) => !isBlankRow(row)).slice(0, mostRows);
}

function fitOf(text: string, delimiter: Delimiter, lineEnd: RowSyntax['lineEnd'], isWhole: boolean): Fit {
  const rows = sampleRows(text, { delimiter, lineEnd }, isWhole);
  const width = usualWidth(rows);
  const usual = rows.filter((row) => row.length === width);
  const cells = usual.slice(0, 50).flatMap((row) => row.slice(0, 50));
  const clean = cells.filter(
    (cell) => cell === '' || cellShape(cell).kind !== 'text' || !/[\t;|,]/.test(cell),
  ).length;
  return {
    delimiter,
    rows,
    width,
    consistency: rows.length === 0 ? 0 : usual.length / rows.length,
    clean: cells.length === 0 ? 0 : clean / cells.length,
  };
}

/**
 * Finds what separates the cells of a text from its first lines: what splits most lines into the same number of cells,
 * two or more, with quotes respected. `isWhole`: the text is not cut off.
 */
export function detectDelimiter(
  text: string,
  lineEnd: RowSyntax['lineEnd'],
  isWhole: boolean,
): DelimiterFinding {
  const fits = candidates
    .map((delimiter) => fitOf(text, delimiter, lineEnd, isWhole))
    .filter((fit) => fit.width > 1 && fit.consistency >= leastConsistency && !isDecimalComma(fit));
  const bestScore = Math.max(0, ...fits.map(score));
  // Scores this close are equal, and the order of the candidates decides.
  const [best, second] = fits.filter((fit) => score(fit) > bestScore - 0.05);
  if (best !== undefined) {
    return { delimiter: best.delimiter, isUnsure: second !== undefined && second.width === best.width };
  }
  return { delimiter: isAligned(text, lineEnd, isWhole) ? 'whitespace' : null, isUnsure: false };
}

const score = (fit: Fit): number => fit.consistency + fit.clean;

/** One column of numbers with decimal commas under a name, which is not two columns of integers. */
function isDecimalComma({ delimiter, rows, width }: Fit): boolean {
  return (
    delimiter === ',' &&
    width === 2 &&
    rows[0]?.length === 1 &&
    rows
      .slice(1)
      .every(
        (row) => row.length === 1 || (/^\s*[-+]?\d+$/.test(row[0] ?? '') && /^\d+\s*$/.test(row[1] ?? '')),
      )
  );
}

/** True when runs of blanks separate columns, most of them numbers; words of a sentence are not columns. */
function isAligned(text: string, lineEnd: RowSyntax['lineEnd'], isWhole: boolean): boolean {
  const rows = sampleRows(text, { delimiter: 'whitespace', lineEnd }, isWhole);
  const width = usualWidth(rows);
  // R writes a header without a name for the names of the rows.
  const lines = rows.length > 1 && rows[0].length === width - 1 ? rows.slice(1) : rows;
  const usual = lines.filter((row) => row.length === width);
  if (width < 2 || usual.length < 0.9 * lines.length) return false;
  const cells = (lines === rows ? usual.slice(1) : usual).flat();
  if (cells.length === 0) return false;
  const numbers = cells.filter((cell) => cellShape(cell).kind === 'number').length;
  const hasRuns = /\S(?: {2,}|\t)\S/.test(text);
  return numbers >= 0.5 * cells.length && (hasRuns || width > 2 || numbers === cells.length);
}
