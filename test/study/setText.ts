import type { StudiedSet } from './rules';

/** A set as a line of JSON, which has no words for arrays of numbers that are not finite. */
export function textOfSet(set: StudiedSet): string {
  return JSON.stringify(set, (_, value: unknown) =>
    value instanceof Float64Array
      ? { numbers: Array.from(value, (one) => (Number.isFinite(one) ? one : String(one))) }
      : value,
  );
}

/** The way back. */
export function setOfText(text: string): StudiedSet {
  return JSON.parse(text, (_, value: unknown) =>
    isNumbers(value) ? Float64Array.from(value.numbers, Number) : value,
  ) as StudiedSet;
}

function isNumbers(value: unknown): value is { readonly numbers: readonly (number | string)[] } {
  return typeof value === 'object' && value !== null && 'numbers' in value;
}
