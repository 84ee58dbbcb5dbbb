/** A name as it is shown: on one line, without blanks around it. */
export const tidyName = (name: string): string => name.replace(/\s+/gu, ' ').trim();

/**
 * A name that is not taken: `name` itself, or with _2, _3 and so on behind it. The caller adds it to `taken`.
 */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) {
    const candidate = `${name}_${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/**
 * Names for columns by the texts of a header, different from each other and not empty: a column without one is called
 * column_3 by its place, and a repeated one gets a number. Names that stand once in the header are never changed.
 */
export function columnNames(originals: readonly string[]): string[] {
  const tidied = originals.map(tidyName);
  const taken = new Set(tidied.filter((name) => name !== ''));
  const seen = new Set<string>();
  return tidied.map((name, index) => {
    if (name !== '' && !seen.has(name)) {
      seen.add(name);
      return name;
    }
    const unique = uniqueName(name === '' ? `column_${index + 1}` : name, taken);
    taken.add(unique);
    return unique;
  });
}
