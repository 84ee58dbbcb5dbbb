/** Words that mean "yes", in lower case, in the languages the import knows. */
const yesWords = new Set('yes y true t ja j wahr oui o vrai si s\u00ed sim present positive on'.split(' '));
const noWords = new Set('no n false f nein falsch non faux n\u00e3o nao absent negative off'.split(' '));

/** The two values of a yes/no column as they are shown; '' for one that no row has. */
export interface YesNo {
  readonly yes: string;
  readonly no: string;
}

/**
 * Which of at most two values means "yes": a known word, else the second in order (numbers by size, texts by their
 * characters), so that it does not depend on the order of rows. A single value without a known meaning is "yes".
 */
export function chooseYes(values: readonly string[]): YesNo {
  const [first = '', second] = [...values].sort(inOrder);
  const means = (words: ReadonlySet<string>, value: string): boolean => words.has(value.toLowerCase());
  if (second === undefined)
    return first === '0' || means(noWords, first) ? { yes: '', no: first } : { yes: first, no: '' };
  const isFirstYes =
    (means(yesWords, first) && !means(yesWords, second)) ||
    (means(noWords, second) && !means(noWords, first));
  return isFirstYes ? { yes: first, no: second } : { yes: second, no: first };
}

function inOrder(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (!Number.isNaN(difference) && difference !== 0) return difference;
  return a < b ? -1 : 1;
}
