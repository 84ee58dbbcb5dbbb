import type { DecimalMark } from '../../../shared/table';
import type { CellShape } from './cellShape';

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

/** How the cells of a column are turned into values. */
export type Reading =
  | {
      readonly family: 'number';
      readonly decimal: DecimalMark;
      /** `all`: a person chose the type, so any unit will do. Otherwise a cell in another unit is unreadable. */
      readonly unit: 'none' | 'percent' | 'all' | { readonly currency: string };
    }
  | { readonly family: 'date'; readonly order: DateOrder }
  | { readonly family: 'time' }
  | { readonly family: 'boolean'; readonly pair: string | null }
  | { readonly family: 'text' };

/** True when two readings give the same values for every cell. */
export function isSameReading(left: Reading, right: Reading): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** The value of a cell under a number reading; NaN when it is none. Never infinite. */
export function numberOf(shape: CellShape, reading: Extract<Reading, { family: 'number' }>): number {
  if (shape.kind !== 'number') return NaN;
  const value = reading.decimal === '.' ? shape.withPoint : shape.withComma;
  const { unit } = reading;
  if (unit === 'all') return value;
  if (unit === 'percent') return (shape.isPercent || value === 0) && shape.currency === null ? value : NaN;
  if (shape.isPercent) return NaN;
  if (unit === 'none') return shape.currency === null ? value : NaN;
  return shape.currency === null || shape.currency === unit.currency ? value : NaN;
}

/** True when a cell that is not missing has a value under the reading. */
export function isReadable(shape: CellShape, reading: Reading): boolean {
  switch (reading.family) {
    case 'number':
      return !Number.isNaN(numberOf(shape, reading));
    case 'date':
      return (
        shape.kind === 'date' &&
        (shape.order === 'ymd' ||
          shape.order === reading.order ||
          (shape.order === 'dmyOrMdy' && reading.order !== 'ymd'))
      );
    case 'time':
      return shape.kind === 'time';
    case 'boolean':
      return shape.kind === 'boolean'
        ? reading.pair === null || shape.pair === reading.pair
        : reading.pair === null &&
            shape.kind === 'number' &&
            (shape.withPoint === 0 || shape.withPoint === 1);
    case 'text':
      return true;
  }
}
