import type { Colour } from '../../../shared/image/quantisation';

/** A name a person gave to a colour, and every colour it has been that of: palettes change and are gone back to. */
export interface GivenName {
  readonly name: string;
  readonly colours: readonly Colour[];
}

/** By eye: root of the sum of squares over four channels of 8 bits, beyond which two colours are not one and the same. */
const reach = 32;

/**
 * Which given name each colour of a palette has, as places in `given`, null for none. The nearest pair of colour and
 * name belongs together first, so that a colour that stayed keeps its name; each name is had by at most one colour.
 */
export function nameOfEach(colours: readonly Colour[], given: readonly GivenName[]): (number | null)[] {
  const pairs = given
    .flatMap((one, name) =>
      colours.map((colour, at) => ({
        name,
        at,
        distance: Math.min(...one.colours.map((own) => distanceBetween(own, colour))),
      })),
    )
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance);
  const found: (number | null)[] = colours.map(() => null);
  const isTaken = given.map(() => false);
  for (const { name, at } of pairs) {
    if (isTaken[name] || found[at] !== null) continue;
    found[at] = name;
    isTaken[name] = true;
  }
  return found;
}

/** Names that differ: those that repeat are numbered from the second on, `sienna`, `sienna 2`. */
export function numberedNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} ${times}`;
  });
}

const distanceBetween = (one: Colour, other: Colour): number =>
  Math.hypot(
    one.red - other.red,
    one.green - other.green,
    one.blue - other.blue,
    one.opacity - other.opacity,
  );
