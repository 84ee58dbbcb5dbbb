/** What a text that looks like a date can mean. */
export interface DateShape {
  readonly kind: 'date';
  /** The orders of day, month and year under which it is a real day. `dmyOrMdy`: both, which proves nothing. */
  readonly order: 'ymd' | 'dmy' | 'mdy' | 'dmyOrMdy';
  readonly hasTime: boolean;
  /** Written with points, which only day, month, year is. */
  readonly hasPoints: boolean;
}

export interface TimeShape {
  readonly kind: 'time';
}

const clock = '([01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:[.,]\\d{1,9})?)?(?:\\s?[AaPp]\\.?[Mm]\\.?)?';
const zone = '(?:\\s?(?:Z|UTC|[+-]\\d{2}:?\\d{2}))?';
const time = new RegExp(`^${clock}$`);
const date = new RegExp(`^(\\d{1,4})([-/.])(\\d{1,2})\\2(\\d{1,4})([T ]+${clock}${zone})?$`);

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(year: number, month: number, day: number): boolean {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && isLeapYear ? 29 : (daysInMonth[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

/** Years of two digits: 70 to 99 are of the last century, as in POSIX. Only tells 29 February apart here. */
function fullYear(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year < 70 ? 2000 + year : 1900 + year;
}

/** What a text without blanks around it means as a date or a time of day, or null when it is neither. */
export function dateShape(text: string): DateShape | TimeShape | null {
  if (text.length < 4 || text.length > 40) return null;
  if (time.test(text)) return { kind: 'time' };
  const parts = date.exec(text);
  if (parts === null) return null;
  const [, first = '', separator, second = '', third = '', clockPart] = parts;
  const shared = { kind: 'date' as const, hasTime: clockPart !== undefined, hasPoints: separator === '.' };
  if (first.length === 4) {
    const isReal = third.length <= 2 && isDay(Number(first), Number(second), Number(third));
    return isReal ? { ...shared, order: 'ymd' } : null;
  }
  if (first.length > 2 || (third.length !== 4 && third.length !== 2)) return null;
  const year = fullYear(third);
  const isDmy = isDay(year, Number(second), Number(first));
  const isMdy = separator !== '.' && isDay(year, Number(first), Number(second));
  if (isDmy && isMdy) return { ...shared, order: 'dmyOrMdy' };
  if (isDmy) return { ...shared, order: 'dmy' };
  return isMdy ? { ...shared, order: 'mdy' } : null;
}
