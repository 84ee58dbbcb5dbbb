import { cellShape } from '../columns/cellShape';

export interface HeaderFinding {
  readonly hasHeader: boolean;
  /** Nothing in the rows proves it. */
  readonly isUnsure: boolean;
}

const looksMissing = (cell: string): boolean => cell.trim() === '';

/** A kind of cell, as far as a header differs from what is below it. */
function kindOf(cell: string): 'blank' | 'text' | 'value' {
  if (looksMissing(cell)) return 'blank';
  const { kind } = cellShape(cell);
  return kind === 'text' || kind === 'boolean' ? 'text' : 'value';
}

/** Years and the like, equal steps apart, name columns rather than measure something. */
function areLikeYears(cells: readonly string[]): boolean {
  const years = cells.map(Number);
  const [first = 0, second = 0] = years;
  if (years.length < 2 || second === first) return false;
  return years.every(
    (year, index) =>
      Number.isInteger(year) && year >= 1500 && year <= 2200 && year === first + index * (second - first),
  );
}

/** Tells by contrast whether the first of some rows is a header: names above values. */
export function detectHeader(rows: readonly (readonly string[])[]): HeaderFinding {
  const [first = [], ...body] = rows;
  if (first.every(looksMissing)) return { hasHeader: false, isUnsure: true };
  const kinds = first.map(kindOf);
  if (body.length === 0) return { hasHeader: kinds.every((kind) => kind !== 'value'), isUnsure: true };
  let contrasts = 0;
  let likenesses = 0;
  let repeats = 0;
  const valueColumns: number[] = [];
  kinds.forEach((kind, column) => {
    const below = body.map((row) => row[column] ?? '').filter((cell) => !looksMissing(cell));
    if (below.length === 0) return;
    const values = below.filter((cell) => kindOf(cell) === 'value').length;
    if (values * 2 > below.length) {
      if (kind === 'text') contrasts += 1;
      else if (kind === 'value') {
        likenesses += 1;
        valueColumns.push(column);
      }
    } else if (kind === 'value') likenesses += 1;
    else if (kind === 'text' && below.includes(first[column] ?? '')) repeats += 1;
  });
  if (valueColumns.length > 1 && areLikeYears(valueColumns.map((column) => first[column] ?? ''))) {
    const isLikeBody = body.every((row) => areLikeYears(valueColumns.map((column) => row[column] ?? '')));
    if (!isLikeBody)
      return { hasHeader: true, isUnsure: contrasts === 0 && kinds.every((kind) => kind === 'value') };
  }
  if (contrasts > likenesses) return { hasHeader: true, isUnsure: false };
  if (likenesses > 0) return { hasHeader: false, isUnsure: contrasts > 0 };
  if (repeats > 0) return { hasHeader: false, isUnsure: true };
  // Only texts. Values that come again under a name that does not are a sign; otherwise tables have headers more
  // often than not.
  const names = first.map((cell) => cell.trim());
  const areNames = new Set(names).size === names.length && !names.includes('');
  const hasRepeatsBelow = names.some((_, column) => {
    const below = body.map((row) => row[column] ?? '').filter((cell) => !looksMissing(cell));
    return new Set(below).size < below.length;
  });
  return { hasHeader: true, isUnsure: contrasts === 0 && !(areNames && hasRepeatsBelow) };
}
