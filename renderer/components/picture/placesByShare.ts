/** Places of colours by the pixels that have them, most first; equal ones keep their order. */
export const placesByShare = (colours: readonly { readonly pixels: number }[]): number[] =>
  colours
    .map(({ pixels }, at) => ({ pixels, at }))
    .sort((one, other) => other.pixels - one.pixels)
    .map(({ at }) => at);
