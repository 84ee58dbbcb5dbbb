/** What a text that looks like a number can mean. */
export interface NumberShape {
  readonly kind: 'number';
  /** The value when the decimal mark is the point; NaN when the text is no number then. */
  readonly withPoint: number;
  /** The value when the decimal mark is the comma. */
  readonly withComma: number;
  /**
   * What the text proves about the decimal mark. `pointOrGroup` is "1.234", `commaOrGroup` is "1,234": a decimal mark
   * or a thousands separator. null: nothing.
   */
  readonly proof: 'point' | 'comma' | 'pointOrGroup' | 'commaOrGroup' | null;
  /** The separator of thousands, where there surely is one. */
  readonly thousands: string | null;
  readonly isPercent: boolean;
  /** Symbol or code as written. */
  readonly currency: string | null;
  /** An integer that cannot be held exactly. */
  readonly isHuge: boolean;
  /** Written like 007: more likely a code than a quantity. */
  readonly hasLeadingZero: boolean;
}

const currencies =
  '\\p{Sc}|US\\$|A\\$|C\\$|R\\$|EUR|USD|GBP|CHF|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|HUF|AUD|CAD|NZD|BRL|MXN|ZAR|TRY|RUB|kr|z\u0142|K\u010d|Fr\\.';
/** Blanks that are used between groups of three digits, and the two apostrophes. */
const groupBlanks = " \u00a0\u2009\u202f'\u2019";
const minusSigns = '\u2212\u2013-';

const outer = new RegExp(
  `^(?<open>\\()?(?<sign1>[+${minusSigns}])?\\s*(?<before>${currencies})?\\s*(?<sign2>[+${minusSigns}])?\\s*` +
    `(?<body>[\\d.,${groupBlanks}]*\\d[.,]?)(?:[eE](?<exponent>[+-]?\\d{1,4}))?` +
    `\\s*(?<percent>%)?\\s*(?<after>${currencies})?(?<close>\\))?$`,
  'u',
);

const grouped = new RegExp(`^[1-9]\\d{0,2}(?:([.,${groupBlanks}])\\d{3})(?:\\1\\d{3})*$`);
const groupedIndian = /^[1-9]\d?(?:,\d{2})+,\d{3}$/;
const plain = /^(?:\d+\.?\d*|\.\d+)$/;

interface Reading {
  readonly value: string;
  readonly thousands: string | null;
}

/** The digits of `body` with the decimal mark as a point, or null when it is no number with that mark. */
function readBody(body: string, decimal: '.' | ','): Reading | null {
  const at = body.indexOf(decimal);
  const whole = at < 0 ? body : body.slice(0, at);
  const fraction = at < 0 ? '' : body.slice(at);
  const group = grouped.exec(whole);
  const separator = group?.[1] ?? (groupedIndian.test(whole) ? ',' : null);
  if (separator === decimal) return null;
  const digits = separator === null ? whole : whole.replaceAll(separator, '');
  const value = digits + fraction.replace(',', '.');
  return /^\d*$/.test(digits) && plain.test(value) ? { value, thousands: separator } : null;
}

/**
 * What a text without blanks around it means as a number, or null when it is none. Knows decimal point and comma,
 * separators of thousands, Unicode minus signs, brackets for negative amounts, per cent, currencies and exponents.
 * Hexadecimal and underscores are not numbers here.
 */
export function numberShape(text: string): NumberShape | null {
  if (text.length > 400 || !/\d/.test(text)) return null;
  const groups = outer.exec(text)?.groups;
  if (groups === undefined) return null;
  const { open, sign1, sign2, before, body = '', exponent, percent, after, close } = groups;
  const sign = sign1 ?? sign2;
  if ((open === undefined) !== (close === undefined) || (sign1 && sign2) || (open && sign)) return null;
  if (before !== undefined && after !== undefined) return null;
  const point = readBody(body, '.');
  const comma = readBody(body, ',');
  if (point === null && comma === null) return null;
  const isNegative = open !== undefined || (sign !== undefined && sign !== '+');
  const power = exponent === undefined ? '' : `e${exponent}`;
  const valueOf = (reading: Reading | null): number => {
    if (reading === null) return NaN;
    const size = Number(reading.value + power);
    return isNegative ? 0 - size : size;
  };
  const withPoint = valueOf(point);
  const withComma = valueOf(comma);
  const isDigits = /^\d+$/.test(body);
  return {
    kind: 'number',
    withPoint,
    withComma,
    proof: decimalProof(body, point, comma),
    thousands:
      (point === null
        ? comma
        : comma === null
          ? point
          : body.includes('.') || body.includes(',')
            ? null
            : point
      )?.thousands ?? null,
    isPercent: percent !== undefined,
    currency: before ?? after ?? null,
    isHuge: isHuge(point ?? comma, power),
    hasLeadingZero:
      isDigits && body.length > 1 && body.startsWith('0') && power === '' && percent === undefined,
  };
}

function isHuge(reading: Reading | null, power: string): boolean {
  return (
    power === '' &&
    reading !== null &&
    /^\d{16,}$/.test(reading.value) &&
    !Number.isSafeInteger(Number(reading.value))
  );
}

function decimalProof(body: string, point: Reading | null, comma: Reading | null): NumberShape['proof'] {
  if (!body.includes('.') && !body.includes(',')) return null;
  if (comma === null) return 'point';
  if (point === null) return 'comma';
  return body.includes('.') ? 'pointOrGroup' : 'commaOrGroup';
}
