import type { DecimalMark } from '../../../shared/table';
import type { CellShape } from './cellShape';

/** One text as an example of many, with the row it stands in. */
export interface Example {
  readonly row: number;
  readonly text: string;
}

/** Numbers of digits and at most one decimal mark, counted without a look at what else they could be. */
export interface PlainNumbers {
  count: number;
  /** Those that prove the decimal mark. */
  proofs: number;
  /** Those whose mark may as well separate thousands. */
  ambiguous: number;
  firstAmbiguous: string | null;
}

/** What all cells of a column can mean, counted: the ground on which its type is decided. Missing cells are left out. */
export class ColumnEvidence {
  cells = 0;
  numbers = 0;
  notFinite = 0;
  booleans = new Map<string, number>();
  times = 0;
  dates = { ymd: 0, dmy: 0, mdy: 0, dmyOrMdy: 0 };
  datesWithTime = 0;
  datesWithPoints = 0;
  pointProofs = 0;
  commaProofs = 0;
  pointsOrGroups = 0;
  commasOrGroups = 0;
  thousands = new Map<string, number>();
  percents = 0;
  currencies = new Map<string, number>();
  leadingZeros = 0;
  huge = 0;
  firstAmbiguousNumber: string | null = null;
  firstAmbiguousDate: string | null = null;
  firstHuge: string | null = null;
  firstNotFinite: Example | null = null;

  /** Adds `count` cells of the same text. */
  add(shape: CellShape, text: string, row: number, count: number): void {
    this.cells += count;
    switch (shape.kind) {
      case 'number':
        this.addNumber(shape, text, count);
        break;
      case 'notFinite':
        this.notFinite += count;
        if (this.firstNotFinite === null || row < this.firstNotFinite.row)
          this.firstNotFinite = { row, text };
        break;
      case 'boolean':
        increase(this.booleans, shape.pair, count);
        break;
      case 'time':
        this.times += count;
        break;
      case 'date':
        this.dates[shape.order] += count;
        if (shape.hasTime) this.datesWithTime += count;
        if (shape.hasPoints) this.datesWithPoints += count;
        if (shape.order === 'dmyOrMdy') this.firstAmbiguousDate ??= text;
        break;
      case 'text':
        break;
    }
  }

  /** Adds plain numbers that were read with `decimal` as the mark. */
  addPlainNumbers(numbers: PlainNumbers, decimal: DecimalMark): void {
    this.cells += numbers.count;
    this.numbers += numbers.count;
    if (decimal === '.') {
      this.pointProofs += numbers.proofs;
      this.pointsOrGroups += numbers.ambiguous;
    } else {
      this.commaProofs += numbers.proofs;
      this.commasOrGroups += numbers.ambiguous;
    }
    this.firstAmbiguousNumber ??= numbers.firstAmbiguous;
  }

  private addNumber(shape: Extract<CellShape, { kind: 'number' }>, text: string, count: number): void {
    this.numbers += count;
    if (shape.proof === 'point') this.pointProofs += count;
    else if (shape.proof === 'comma') this.commaProofs += count;
    else if (shape.proof === 'pointOrGroup') this.pointsOrGroups += count;
    else if (shape.proof === 'commaOrGroup') this.commasOrGroups += count;
    if (shape.proof === 'pointOrGroup' || shape.proof === 'commaOrGroup') this.firstAmbiguousNumber ??= text;
    if (shape.thousands !== null) increase(this.thousands, shape.thousands, count);
    if (shape.isPercent) this.percents += count;
    if (shape.currency !== null) increase(this.currencies, shape.currency, count);
    if (shape.hasLeadingZero) this.leadingZeros += count;
    if (shape.isHuge) {
      this.huge += count;
      this.firstHuge ??= text;
    }
  }
}

function increase(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

/** The key with the largest count, the first of equals; null for an empty map. */
export function mostFrequent(counts: ReadonlyMap<string, number>): string | null {
  let best: string | null = null;
  let most = 0;
  for (const [key, count] of counts) {
    if (count > most) [best, most] = [key, count];
  }
  return best;
}
