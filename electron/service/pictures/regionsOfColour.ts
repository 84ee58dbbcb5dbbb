import type { SharedSegmentation } from '../../pictures/sharedSegmentation';

/** `count` regions of one colour from the `first` on, by area; fewer at the end. */
export function regionsOfColour(
  { regions }: SharedSegmentation,
  at: number,
  first: number,
  count: number,
): number[] {
  const found: number[] = [];
  for (let region = 0, seen = 0; region < regions.count && found.length < count; region++) {
    if (regions.paletteIndex[region] !== at) continue;
    if (seen >= first) found.push(region);
    seen++;
  }
  return found;
}
