/** Numbers of colours along a slider: doubling takes the same way everywhere. */
const fewestColours = 2;
export const mostColours = 256;

/** Places of a slider: enough for every number of colours to have its own. */
export const sliderTicks = 4000;

/** Where a number of colours lies, from 0 for `fewestColours` to 1 for `mostColours`. */
export const placeOfColours = (colours: number): number =>
  Math.min(1, Math.max(0, Math.log2(colours / fewestColours) / Math.log2(mostColours / fewestColours)));

/** The number of colours nearest to a place between 0 and 1. */
export const coloursAt = (place: number): number =>
  Math.round(fewestColours * (mostColours / fewestColours) ** place);

const moves: Readonly<Record<string, (colours: number) => number>> = {
  ArrowRight: (colours) => colours + 1,
  ArrowUp: (colours) => colours + 1,
  ArrowLeft: (colours) => colours - 1,
  ArrowDown: (colours) => colours - 1,
  PageUp: (colours) => 2 * colours,
  PageDown: (colours) => Math.ceil(colours / 2),
  Home: () => fewestColours,
  End: () => mostColours,
};

/** The number a key of a slider goes to from another; null: the key moves nothing. */
export function coloursAfterKey(key: string, colours: number): number | null {
  const next = moves[key]?.(colours);
  return next === undefined ? null : Math.min(mostColours, Math.max(fewestColours, next));
}
