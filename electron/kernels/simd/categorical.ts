import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import { bufferOf } from '../memory';
import type { KernelExports } from './exports';
import { layOut, layOutRows, numbersAt, type Piece } from './frame';
import { groupLevels, type LevelGroup } from './levelGroups';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;
const wordBytes = Uint32Array.BYTES_PER_ELEMENT;

/** A code is one byte. */
const mostLevels = 256;

/** The kernels of categories, compiled; with features of more levels than a byte tells, the plain ones. */
export function createCategorical(
  exports: KernelExports,
  arena: Arena,
  plain: Kernels,
): Pick<Kernels, 'categoricalStep' | 'categoricalLogDensities'> {
  const encoded = new WeakMap<Float64Array, Map<string, Uint8Array>>();
  const tables = new WeakMap<Float64Array, Float64Array>();
  const grouped = new WeakMap<readonly number[], LevelGroup[]>();

  function groupsOf(levels: readonly number[]): LevelGroup[] {
    let groups = grouped.get(levels);
    if (!groups) grouped.set(levels, (groups = groupLevels(levels)));
    return groups;
  }

  function codesOf(x: Float64Array, from: number, to: number, levels: readonly number[]): Uint8Array {
    let known = encoded.get(x);
    if (!known) encoded.set(x, (known = new Map()));
    const key = `${from}-${to}`;
    let codes = known.get(key);
    if (!codes)
      known.set(key, (codes = encode(exports, arena, x, from, to, levels.length, groupsOf(levels))));
    return codes;
  }

  /** Lays out a call: codes, base, table and starts, then `pieces`. */
  function prepare(
    codes: Uint8Array,
    levels: readonly number[],
    logProbability: Float64Array,
    logScale: Float64Array,
    k: number,
    pieces: (table: Float64Array, even: number) => readonly Piece[],
  ) {
    const groups = groupsOf(levels);
    const even = k + (k % 2);
    let table = tables.get(logProbability);
    if (!table)
      tables.set(
        logProbability,
        (table = tableOf(groups, logProbability.length / k, logProbability, k, even)),
      );
    const base = new Float64Array(even).fill(-Infinity);
    base.set(logScale.subarray(0, k));
    const [codesAt, baseAt, tableAt, startsAt, scratchAt, ...rest] = layOut(arena, [
      codes.byteLength,
      base,
      table,
      groups.length * wordBytes,
      exports.categoricalScratchBytes(groups.length, even),
      ...pieces(table, even),
    ]);
    const buffer = bufferOf(arena.memory);
    new Uint8Array(buffer, codesAt, codes.length).set(codes);
    const starts = groups.map((group) => group.start * even * numberBytes);
    new Uint32Array(buffer, startsAt, groups.length).set(starts);
    return { groups, even, codesAt, baseAt, tableAt, startsAt, scratchAt, rest, entries: table.length };
  }

  return {
    categoricalStep(x, from, to, levels, weight, logProbability, logScale, k, count, level) {
      if (levels.some((each) => each > mostLevels))
        return plain.categoricalStep(
          ...([x, from, to, levels, weight, logProbability, logScale, k, count, level] as const),
        );
      const codes = codesOf(x, from, to, levels);
      const call = prepare(codes, levels, logProbability, logScale, k, (table, even) => [
        weight === null ? 0 : weight.subarray(from, to),
        table.byteLength,
        even * numberBytes,
      ]);
      const { groups, even, rest } = call;
      const [weightAt, countsAt, totalAt] = rest;
      const counts = numbersAt(arena, countsAt, call.entries).fill(0);
      const total = numbersAt(arena, totalAt, even).fill(0);
      const own = weight === null ? 0 : weightAt;
      const logLikelihood = exports.categoricalStep(
        ...([call.codesAt, to - from, groups.length, own, even, call.startsAt] as const),
        ...([call.tableAt, call.baseAt, call.scratchAt, countsAt, totalAt] as const),
      );
      for (let j = 0; j < k; j++) count[j] += total[j];
      addLevels(groups, level.length / k, counts, k, even, level);
      return logLikelihood;
    },

    categoricalLogDensities(x, from, to, levels, logProbability, logScale, k, out) {
      if (levels.some((each) => each > mostLevels)) {
        plain.categoricalLogDensities(x, from, to, levels, logProbability, logScale, k, out);
        return;
      }
      const n = to - from;
      // These rows may be a scratch array that will hold others: their codes are not kept.
      const codes = encode(exports, arena, x, from, to, levels.length, groupsOf(levels));
      const call = prepare(codes, levels, logProbability, logScale, k, (_table, even) => [
        n * even * numberBytes,
      ]);
      const [outAt] = call.rest;
      exports.categoricalLogDensities(
        ...([call.codesAt, n, call.groups.length, call.even, call.startsAt] as const),
        ...([call.tableAt, call.baseAt, call.scratchAt, outAt] as const),
      );
      const found = numbersAt(arena, outAt, n * call.even);
      for (let i = 0; i < n; i++) for (let j = 0; j < k; j++) out[i * k + j] = found[i * call.even + j];
    },
  };
}

/** Codes of rows [from, to) of x, n x d, a byte for each row and group. */
function encode(
  exports: KernelExports,
  arena: Arena,
  x: Float64Array,
  from: number,
  to: number,
  d: number,
  groups: readonly LevelGroup[],
): Uint8Array {
  const called = { x, from, to, d, weight: null };
  const length = (to - from) * groups.length;
  const sizes = [groups.length * wordBytes, d * wordBytes, length];
  const { rows, addresses } = layOutRows(arena, called, sizes);
  const [endsAt, stridesAt, codesAt] = addresses;
  const buffer = bufferOf(arena.memory);
  const strides = groups.flatMap(({ features }) => features.map(({ stride }) => stride));
  let end = 0;
  const ends = groups.map(({ features }) => (end += features.length));
  new Uint32Array(buffer, endsAt, ends.length).set(ends);
  new Int32Array(buffer, stridesAt, d).set(strides);
  exports.encodeRows(rows.x, to - from, groups.length, endsAt, stridesAt, codesAt);
  return new Uint8Array(buffer, codesAt, length).slice();
}

/** Log probabilities of every code of every group: entries x even, those that only make it even are zero. */
function tableOf(
  groups: readonly LevelGroup[],
  size: number,
  logProbability: Float64Array,
  k: number,
  even: number,
): Float64Array {
  const entries = groups.reduce((sum, group) => sum + group.codes, 0);
  const table = new Float64Array(entries * even);
  for (const { features, codes, start } of groups)
    for (const { place } of features)
      for (let code = 0; code < codes; code++)
        for (let j = 0; j < k; j++)
          table[(start + code) * even + j] += logProbability[j * size + place[code]];
  return table;
}

/** Adds counts by code to counts by level. */
function addLevels(
  groups: readonly LevelGroup[],
  size: number,
  counts: Float64Array,
  k: number,
  even: number,
  level: Float64Array,
): void {
  for (const { features, codes, start } of groups)
    for (const { place } of features)
      for (let code = 0; code < codes; code++)
        for (let j = 0; j < k; j++) level[j * size + place[code]] += counts[(start + code) * even + j];
}
