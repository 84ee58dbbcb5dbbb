import { dateShape, type DateShape, type TimeShape } from './dateShape';
import { numberShape, type NumberShape } from './numberShape';

/** What the text of one cell can mean, whatever its column turns out to be. */
export type CellShape =
  | NumberShape
  | DateShape
  | TimeShape
  /** A number that no computer number can hold: infinity, or 1e400. */
  | { readonly kind: 'notFinite' }
  /** `pair` names the two words that belong together, such as yes and no. */
  | { readonly kind: 'boolean'; readonly pair: string }
  | { readonly kind: 'text' };

const textShape: CellShape = { kind: 'text' };
const notFiniteShape: CellShape = { kind: 'notFinite' };

const booleanPairs = [
  ['true', 'false'],
  ['yes', 'no'],
  ['y', 'n'],
  ['t', 'f'],
  ['ja', 'nein'],
  ['oui', 'non'],
  ['s\u00ed', 'no'],
  ['si', 'no'],
  ['sim', 'n\u00e3o'],
  ['wahr', 'falsch'],
  ['vrai', 'faux'],
] as const;

/** Words by the pair they make; "no" belongs to the pair of its partner, so it names none itself. */
const booleanWords = new Map<string, CellShape>(
  booleanPairs.flatMap(([yes, no]) => [
    [yes, { kind: 'boolean', pair: no === 'no' ? 'no' : yes }],
    [no, { kind: 'boolean', pair: no === 'no' ? 'no' : yes }],
  ]),
);

/** What the text of a cell can mean. Blanks around it do not matter. */
export function cellShape(cell: string): CellShape {
  const text = cell.trim();
  if (text === '') return textShape;
  if (text.length <= 9) {
    const word = text.toLowerCase();
    const boolean = booleanWords.get(word);
    if (boolean !== undefined) return boolean;
    if (/^[+\u2212-]?(inf|infinity)$/.test(word)) return notFiniteShape;
  }
  if (!/\d/.test(text)) return textShape;
  const number = numberShape(text);
  if (number !== null) {
    const { withPoint, withComma } = number;
    return Math.abs(withPoint) === Infinity || Math.abs(withComma) === Infinity ? notFiniteShape : number;
  }
  return dateShape(text) ?? textShape;
}
