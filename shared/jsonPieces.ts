/** At most this many elements of an array become one piece of text. */
const elementsPerPiece = 4096;

/**
 * A document as JSON in pieces, so that a million rows need no single string: objects are indented, arrays of
 * numbers stay on one line.
 */
export function* jsonPieces(value: unknown, indent = ''): Generator<string> {
  if (Array.isArray(value) && !value.some((element) => typeof element === 'object' && element !== null)) {
    yield '[';
    for (let from = 0; from < value.length; from += elementsPerPiece) {
      const part = value.slice(from, from + elementsPerPiece).map((element) => JSON.stringify(element));
      yield (from === 0 ? '' : ', ') + part.join(', ');
    }
    yield ']';
    return;
  }
  if (typeof value !== 'object' || value === null) {
    yield JSON.stringify(value);
    return;
  }
  const isList = Array.isArray(value);
  const inner = `${indent}  `;
  let separator = '';
  yield isList ? '[' : '{';
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    yield `${separator}\n${inner}${isList ? '' : `${JSON.stringify(key)}: `}`;
    yield* jsonPieces(member, inner);
    separator = ',';
  }
  yield `${separator === '' ? '' : `\n${indent}`}${isList ? ']' : '}'}`;
}
