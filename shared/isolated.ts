/** Hebrew, Arabic and the other scripts between them, with their presentation forms. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/**
 * A name as part of a sentence. One that is written from right to left is set apart by invisible marks, so that signs
 * and numbers beside it keep their order and `name ≥ -2.5` cannot be read as `2.5- ≤ name`; others stay as they are.
 * Source: Unicode Standard Annex 9, Bidirectional Algorithm, section 2.4, isolates.
 */
export function isolated(name: string): string {
  return rightToLeft.test(name) ? `\u2068${name}\u2069` : name;
}
