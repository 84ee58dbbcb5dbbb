const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' });

/** The order people expect of names: numbers in them by value, small and capital letters together. */
export const naturalOrder = (a: string, b: string): number =>
  collator.compare(a, b) || (a < b ? -1 : Number(a > b));
