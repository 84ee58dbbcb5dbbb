import type { Stats } from './model';

/** Adds `from` to `into`, array by array. Both have the same names and lengths. */
export function addStats(into: Stats, from: Stats): void {
  for (const name of Object.keys(into)) {
    const target = into[name];
    const source = from[name];
    for (let i = 0; i < target.length; i++) target[i] += source[i];
  }
}
