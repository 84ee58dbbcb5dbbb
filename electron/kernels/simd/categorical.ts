import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import { bufferOf } from '../memory';
import type { KernelExports } from './exports';
import { layOut, layOutRows, numbersAt, type CalledRows, type Piece } from './frame';
import { groupLevels, type LevelGroup } from './levelGroups';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;
const entryBytes = Uint16Array.BYTES_PER_ELEMENT;

/** An entry is told by 16 bits. */
const mostEntries = 65_536;

/** How features with given numbers of levels lie in tables. */
interface Grouping {
  /** Tells it apart. */
  readonly name: string;
  readonly groups: readonly LevelGroup[];
  /** Of all groups. */
  readonly entries: number;
  /** Levels of all features. */
  readonly levels: number;
  /** What `levelSums` in the sources is told of each feature. */
  readonly features: Uint32Array;
  /** Features of a group, but the last, where all features are yes/no ones; else null. */
  readonly flags: number | null;
  /** What `encodeRows` is told of groups and features. */
  readonly ends: Uint32Array;
  readonly starts: Float64Array;
  readonly strides: Float64Array;
  readonly lasts: Float64Array;
}

/** The kernels of categories, compiled; with more levels than their tables hold, the plain ones. */
export function createCategorical(
  exports: KernelExports,
  arena: Arena,
  plain: Kernels,
): Pick<Kernels, 'categoricalStep' | 'categoricalLogDensities' | 'categoricalPosteriors'> {
  const encoded = new WeakMap<Float64Array, Map<string, Uint16Array>>();
  const tables = new WeakMap<Float64Array, Float64Array>();
  const groupings = new WeakMap<readonly number[], Grouping>();

  function groupingOf(levels: readonly number[]): Grouping {
    let grouping = groupings.get(levels);
    if (!grouping) groupings.set(levels, (grouping = groupingFor(levels)));
    return grouping;
  }

  /** The entries of a call's rows as they were kept, and how to keep them. */
  function keptEntries({ x, from, to }: CalledRows, grouping: Grouping) {
    let known = encoded.get(x);
    if (!known) encoded.set(x, (known = new Map()));
    const entries = known;
    // Of other levels the same cells have other entries.
    const key = `${from}-${to}-${grouping.name}`;
    return { kept: entries.get(key) ?? null, keep: (view: Uint16Array) => entries.set(key, view.slice()) };
  }

  /** Lays out a call: the rows' entries, as they were kept or made now, base and table, then `pieces`. */
  function prepare(
    called: CalledRows,
    kept: Uint16Array | null,
    grouping: Grouping,
    logProbability: Float64Array,
    logScale: Float64Array,
    k: number,
    pieces: (even: number) => readonly Piece[],
  ) {
    const even = k + (k % 2);
    let table = tables.get(logProbability);
    if (!table) tables.set(logProbability, (table = tableOf(grouping, logProbability, k, even)));
    const base = new Float64Array(even).fill(-Infinity);
    base.set(logScale.subarray(0, k));
    const { ends, starts, strides, lasts } = grouping;
    const length = (called.to - called.from) * grouping.groups.length;
    const all = [length * entryBytes, ends.byteLength, starts, strides, lasts, base, table, ...pieces(even)];
    const laid = kept === null ? layOutRows(arena, called, all) : null;
    const [entriesAt, endsAt, startsAt, stridesAt, lastsAt, baseAt, tableAt, ...rest] =
      laid?.addresses ?? layOut(arena, all);
    const buffer = bufferOf(arena.memory);
    const entries = new Uint16Array(buffer, entriesAt, length);
    if (laid === null) entries.set(kept ?? []);
    else {
      new Uint32Array(buffer, endsAt, ends.length).set(ends);
      const n = called.to - called.from;
      if (grouping.flags === null)
        exports.encodeRows(
          ...([
            laid.rows.x,
            n,
            grouping.groups.length,
            endsAt,
            startsAt,
            stridesAt,
            lastsAt,
            entriesAt,
          ] as const),
        );
      else exports.encodeFlags(laid.rows.x, n, called.d, grouping.flags, entriesAt);
    }
    return { even, entries, entriesAt, baseAt, tableAt, rest };
  }

  return {
    categoricalStep(x, from, to, levels, weight, logProbability, logScale, k, count, level) {
      const grouping = groupingOf(levels);
      if (grouping.entries > mostEntries)
        return plain.categoricalStep(
          ...([x, from, to, levels, weight, logProbability, logScale, k, count, level] as const),
        );
      const d = levels.length;
      const called = { x, from, to, d, weight: null };
      const { kept, keep } = keptEntries(called, grouping);
      const { even, entries, entriesAt, baseAt, tableAt, rest } = prepare(
        ...([called, kept, grouping, logProbability, logScale, k] as const),
        (even) => [
          weight === null ? 0 : weight.subarray(from, to),
          exports.categoricalScratchBytes(even),
          grouping.entries * even * numberBytes,
          grouping.features.byteLength,
          grouping.levels * even * numberBytes,
        ],
      );
      if (kept === null) keep(entries);
      const [weightAt, scratchAt, countsAt, featuresAt, levelsAt] = rest;
      numbersAt(arena, countsAt, grouping.entries * even).fill(0);
      const logLikelihood = exports.categoricalStep(
        ...([entriesAt, to - from, grouping.groups.length, weight === null ? 0 : weightAt, even] as const),
        ...([tableAt, baseAt, scratchAt, countsAt] as const),
      );
      new Uint32Array(bufferOf(arena.memory), featuresAt, grouping.features.length).set(grouping.features);
      exports.levelSums(countsAt, even, d, featuresAt, levelsAt);
      const found = numbersAt(arena, levelsAt, grouping.levels * even);
      for (let place = 0; place < grouping.levels; place++)
        for (let j = 0; j < k; j++) level[j * grouping.levels + place] += found[place * even + j];
      // Every row has one level of the first feature.
      for (let place = 0; place < levels[0]; place++)
        for (let j = 0; j < k; j++) count[j] += found[place * even + j];
      return logLikelihood;
    },

    categoricalLogDensities(x, from, to, levels, logProbability, logScale, k, out) {
      const grouping = groupingOf(levels);
      if (grouping.entries > mostEntries) {
        plain.categoricalLogDensities(x, from, to, levels, logProbability, logScale, k, out);
        return;
      }
      const n = to - from;
      // These rows may be a scratch array that will hold others: their entries are not kept.
      const call = prepare(
        ...([{ x, from, to, d: levels.length, weight: null }, null, grouping] as const),
        ...([logProbability, logScale, k, () => [(n * k + 1) * numberBytes]] as const),
      );
      const [outAt] = call.rest;
      exports.categoricalLogDensities(
        ...([call.entriesAt, n, grouping.groups.length, call.even, k] as const),
        ...([call.tableAt, call.baseAt, outAt] as const),
      );
      out.set(numbersAt(arena, outAt, n * k));
    },

    categoricalPosteriors(x, from, to, levels, logProbability, logScale, k, out, logDensity) {
      const grouping = groupingOf(levels);
      if (grouping.entries > mostEntries) {
        plain.categoricalPosteriors(x, from, to, levels, logProbability, logScale, k, out, logDensity);
        return;
      }
      const n = to - from;
      const call = prepare(
        ...([{ x, from, to, d: levels.length, weight: null }, null, grouping] as const),
        ...([logProbability, logScale, k] as const),
        (even) => [exports.categoricalScratchBytes(even), n * k * numberBytes, (n + 1) * numberBytes],
      );
      const [scratchAt, outAt, logDensityAt] = call.rest;
      exports.categoricalPosteriors(
        ...([call.entriesAt, n, grouping.groups.length, call.even, k] as const),
        ...([call.tableAt, call.baseAt, scratchAt, outAt, logDensityAt] as const),
      );
      out.set(numbersAt(arena, outAt, n * k));
      logDensity.set(numbersAt(arena, logDensityAt, n));
    },
  };
}

/** Features of a group where each of them has two levels, or null where one has not. */
const flagsPerGroup = (levels: readonly number[], groups: readonly LevelGroup[]): number | null =>
  levels.length > 0 && levels.every((count) => count === 2) ? groups[0].features.length : null;

function groupingFor(levels: readonly number[]): Grouping {
  const groups = groupLevels(levels);
  const words = groups.flatMap(({ start, entries, features }) =>
    features.flatMap((feature) => [start, entries, feature.stride, feature.levels]),
  );
  let end = 0;
  return {
    name: levels.join(),
    groups,
    entries: groups.reduce((sum, group) => sum + group.entries, 0),
    levels: levels.reduce((sum, count) => sum + count, 0),
    features: Uint32Array.from(words),
    flags: flagsPerGroup(levels, groups),
    ends: Uint32Array.from(groups, ({ features }) => (end += features.length)),
    starts: Float64Array.from(groups, ({ start }) => start),
    strides: Float64Array.from(groups.flatMap(({ features }) => features.map(({ stride }) => stride))),
    lasts: Float64Array.from(levels, (count) => count - 1),
  };
}

/** Log probabilities of every entry: entries x even, those that only make it even are zero. */
function tableOf(
  { groups, entries, levels }: Grouping,
  logProbability: Float64Array,
  k: number,
  even: number,
): Float64Array {
  const table = new Float64Array(entries * even);
  for (const group of groups)
    for (const feature of group.features)
      for (let entry = 0; entry < group.entries; entry++) {
        const place = feature.first + (Math.floor(entry / feature.stride) % feature.levels);
        const at = (group.start + entry) * even;
        for (let j = 0; j < k; j++) table[at + j] += logProbability[j * levels + place];
      }
  return table;
}
