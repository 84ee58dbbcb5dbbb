import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import { encode, encodingPieces, entriesBytes, KeptEntries } from './categoryEntries';
import { groupingOf } from './categoryGrouping';
import { CategoryTables } from './categoryTables';
import type { KernelExports } from './exports';
import { numbersAt } from './frame';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;

/** The kernels of categories, compiled; with more levels than their tables hold, the plain ones. */
export function createCategorical(
  exports: KernelExports,
  arena: Arena,
  plain: Kernels,
): Pick<Kernels, 'categoricalStep' | 'categoricalLogDensities' | 'categoricalPosteriors'> {
  const keptEntries = new KeptEntries(arena);
  const tables = new CategoryTables(exports, arena);

  return {
    categoricalStep(x, from, to, levels, weight, logProbability, logScale, k, count, level) {
      const grouping = groupingOf(levels);
      if (grouping === null)
        return plain.categoricalStep(
          ...([x, from, to, levels, weight, logProbability, logScale, k, count, level] as const),
        );
      const { entries: size, features: d } = grouping;
      const even = k + (k % 2);
      const n = to - from;
      const called = { x, from, to, d, weight: null };
      const { entries, areMade } = keptEntries.place(called, grouping);
      const place = tables.place(
        ...([{ grouping, logProbability, logScale, k }, even, 'ratios'] as const),
        areMade ? { ...called, to: from } : called,
        [
          weight === null ? 0 : weight.subarray(from, to),
          exports.categoricalScratchBytes(even),
          size * even * numberBytes,
          grouping.levels * even * numberBytes,
          ...encodingPieces(grouping),
        ],
      );
      const [weightAt, scratchAt, countsAt, levelsAt, ...encoding] = place.addresses;
      if (!areMade) encode(exports, arena, grouping, place.x, n, encoding, entries);
      const logLikelihood = exports.categoricalStep(
        ...([entries, n, grouping.groups, weight === null ? 0 : weightAt, even] as const),
        ...([size, place.tables, scratchAt, countsAt] as const),
      );
      exports.levelSums(countsAt, even, d, place.places, grouping.levels, levelsAt);
      const found = numbersAt(arena, levelsAt, grouping.levels * even);
      for (let j = 0, at = 0; j < k; j++)
        for (let place = j; place < found.length; place += even) level[at++] += found[place];
      // Every row has one level of the first feature.
      for (let place = 0; place < levels[0]; place++)
        for (let j = 0; j < k; j++) count[j] += found[place * even + j];
      return logLikelihood;
    },

    categoricalLogDensities(x, from, to, levels, logProbability, logScale, k, out) {
      const grouping = groupingOf(levels);
      if (grouping === null) {
        plain.categoricalLogDensities(x, from, to, levels, logProbability, logScale, k, out);
        return;
      }
      const even = k + (k % 2);
      const n = to - from;
      // These rows may be a scratch array that will hold others: their entries are not kept.
      const place = tables.place(
        ...([{ grouping, logProbability, logScale, k }, even, 'logs'] as const),
        ...([{ x, from, to, d: levels.length, weight: null }] as const),
        [entriesBytes(grouping, n), (n * k + 1) * numberBytes, ...encodingPieces(grouping)],
      );
      const [entries, outAt, ...encoding] = place.addresses;
      encode(exports, arena, grouping, place.x, n, encoding, entries);
      exports.categoricalLogDensities(entries, n, grouping.groups, even, k, place.tables, outAt);
      out.set(numbersAt(arena, outAt, n * k));
    },

    categoricalPosteriors(x, from, to, levels, logProbability, logScale, k, out, logDensity) {
      const grouping = groupingOf(levels);
      if (grouping === null) {
        plain.categoricalPosteriors(x, from, to, levels, logProbability, logScale, k, out, logDensity);
        return;
      }
      const even = k + (k % 2);
      const n = to - from;
      const place = tables.place(
        ...([{ grouping, logProbability, logScale, k }, even, 'ratios'] as const),
        ...([{ x, from, to, d: levels.length, weight: null }] as const),
        [
          entriesBytes(grouping, n),
          exports.categoricalScratchBytes(even),
          (n * k + 1) * numberBytes,
          (n + 1) * numberBytes,
          ...encodingPieces(grouping),
        ],
      );
      const [entries, scratchAt, outAt, logDensityAt, ...encoding] = place.addresses;
      encode(exports, arena, grouping, place.x, n, encoding, entries);
      exports.categoricalPosteriors(
        ...([entries, n, grouping.groups, even, k, grouping.entries] as const),
        ...([place.tables, scratchAt, outAt, logDensityAt] as const),
      );
      out.set(numbersAt(arena, outAt, n * k));
      logDensity.set(numbersAt(arena, logDensityAt, n));
    },
  };
}
