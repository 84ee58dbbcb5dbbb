import type { Stats } from './model';

/** Adds `from` to `into`, array by array. Both have the same names and lengths. */
export function addStats(into: Stats, from: Stats): void {
  for (const name of Object.keys(into)) {
    const target = into[name];
    const source = from[name];
    for (let i = 0; i < target.length; i++) target[i] += source[i];
  }
}

/** Multiplies all statistics by `factor`, in place, and returns them. */
export function scaleStats(stats: Stats, factor: number): Stats {
  for (const values of Object.values(stats)) for (let i = 0; i < values.length; i++) values[i] *= factor;
  return stats;
}

/** The same numbers in arrays of their own. */
export function copyStats(stats: Stats): Stats {
  return Object.fromEntries(Object.entries(stats).map(([name, values]) => [name, values.slice()]));
}
