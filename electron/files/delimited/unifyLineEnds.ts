/** Text with one kind of line end, and the way back to the text it was made from. */
export interface UnifiedText {
  readonly text: string;
  /** Where in the original text a place of `text` is. */
  originalOffset(offset: number): number;
}

/** A text that has one kind of line end as it is. */
export const unchanged = (text: string): UnifiedText => ({ text, originalOffset: (offset) => offset });

/**
 * Makes every line end outside quoted cells a line feed; what is inside quotes stays as it is. For files that mix kinds
 * of line ends, which the parser cannot split otherwise. The text begins at the start of a row.
 */
export function unifyLineEnds(original: string, delimiter: string): UnifiedText {
  const parts: string[] = [];
  /** Places in the new text behind which one more character of the old one is missing. */
  const removals: number[] = [];
  let copied = 0;
  let isCellStart = true;
  for (let index = 0; index < original.length; index++) {
    const character = original[index];
    if (character === '"' && isCellStart) {
      index = closingQuote(original, index + 1);
      isCellStart = false;
    } else if (character === '\r') {
      parts.push(original.slice(copied, index), '\n');
      if (original[index + 1] === '\n') {
        removals.push(index - removals.length);
        index += 1;
      }
      copied = index + 1;
      isCellStart = true;
    } else isCellStart = character === delimiter || character === '\n';
  }
  parts.push(original.slice(copied));
  return {
    text: parts.join(''),
    originalOffset: (offset) => offset + countBelow(removals, offset),
  };
}

/** The quote that closes a cell whose content begins at `from`; the last character where there is none. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at < 0 ? text.length - 1 : at;
}

/** How many of some ascending numbers are below a limit. */
function countBelow(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
