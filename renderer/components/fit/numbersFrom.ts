/** Numbers typed one after the other, with blanks, commas or semicolons between; what is no number becomes NaN. */
export function numbersFrom(text: string): number[] {
  return text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number);
}
