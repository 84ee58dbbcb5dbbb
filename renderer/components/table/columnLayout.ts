import { isNumeric, type ColumnSummary } from '../../../shared/table';

const characterPx = 7.6; // by eye: the widest system fonts at 13 px
const paddingPx = 24;
const narrowestPx = 136; // a role and a count of blanks side by side
const widestPx = 280;

/** Where columns stand: `left[i]` to `left[i + 1]` in px, `left` one longer than there are columns. */
export interface ColumnLayout {
  readonly left: Float64Array;
  readonly widthPx: number;
}

/** Puts columns of the given widths side by side. */
export function layColumns(widths: readonly number[]): ColumnLayout {
  const left = new Float64Array(widths.length + 1);
  widths.forEach((width, index) => {
    left[index + 1] = (left[index] ?? 0) + width;
  });
  return { left, widthPx: left[widths.length] ?? 0 };
}

/** The columns [first, end) of which something stands between `fromPx` and `toPx`. */
export function columnsBetween(layout: ColumnLayout, fromPx: number, toPx: number): [number, number] {
  const count = layout.left.length - 1;
  const first = Math.max(0, lastAtOrBefore(layout.left, fromPx));
  let end = first;
  while (end < count && (layout.left[end] ?? 0) < toPx) end++;
  return [Math.min(first, count), end];
}

function lastAtOrBefore(left: Float64Array, px: number): number {
  let low = 0;
  let high = left.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((left[middle] ?? 0) <= px) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A width that shows the name and the usual cell of a column, within bounds. */
export function columnWidth(name: string, texts: readonly string[]): number {
  // The name shares its line with an icon.
  const longest = texts.reduce((length, text) => Math.max(length, text.length), name.length + 3);
  return Math.round(Math.min(widestPx, Math.max(narrowestPx, longest * characterPx + paddingPx)));
}

/** Texts that stand for the cells of a column when its width is chosen. */
export function typicalTexts(column: ColumnSummary): string[] {
  return isNumeric(column.type) && column.numeric !== null
    ? [String(column.numeric.min), String(column.numeric.max), String(column.numeric.first)]
    : column.frequent.slice(0, 8).map((entry) => entry.text);
}
