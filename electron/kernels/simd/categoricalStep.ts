import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import { bufferOf } from '../memory';
import type { KernelExports } from './exports';
import { layOut, numbersAt } from './frame';
import { encodeRows, groupLevels, type LevelGroup } from './levelGroups';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;

/** A code is one byte. */
const mostLevels = 256;

/** The fused step of categories, compiled; with features of more levels than a byte tells, the plain one. */
export function createCategoricalStep(
  exports: KernelExports,
  arena: Arena,
  plain: Kernels['categoricalStep'],
): Kernels['categoricalStep'] {
  const encoded = new WeakMap<Float64Array, Map<string, Uint8Array>>();
  const tables = new WeakMap<Float64Array, Float64Array>();
  const grouped = new WeakMap<readonly number[], LevelGroup[]>();

  return (x, from, to, levels, weight, logProbability, logScale, k, count, level) => {
    if (levels.some((each) => each > mostLevels))
      return plain(x, from, to, levels, weight, logProbability, logScale, k, count, level);
    let groups = grouped.get(levels);
    if (!groups) grouped.set(levels, (groups = groupLevels(levels)));
    let known = encoded.get(x);
    if (!known) encoded.set(x, (known = new Map()));
    const key = `${from}-${to}`;
    let codes = known.get(key);
    if (!codes) known.set(key, (codes = encodeRows(x, from, to, levels.length, groups)));
    const even = k + (k % 2);
    let table = tables.get(logProbability);
    if (!table) tables.set(logProbability, (table = tableOf(groups, levels, logProbability, k, even)));

    const base = new Float64Array(even).fill(-Infinity);
    base.set(logScale.subarray(0, k));
    const [tableAt, baseAt, weightAt, countsAt, totalAt, startsAt, codesAt, scratch] = layOut(arena, [
      table,
      base,
      weight === null ? 0 : weight.subarray(from, to),
      table.byteLength,
      even * numberBytes,
      groups.length * Uint32Array.BYTES_PER_ELEMENT,
      codes.byteLength,
      exports.categoricalScratchBytes(groups.length, even),
    ]);
    const buffer = bufferOf(arena.memory);
    new Uint8Array(buffer, codesAt, codes.length).set(codes);
    const starts = groups.map((group) => group.start * even * numberBytes);
    new Uint32Array(buffer, startsAt, groups.length).set(starts);
    const counts = numbersAt(arena, countsAt, table.length).fill(0);
    const total = numbersAt(arena, totalAt, even).fill(0);
    const own = weight === null ? 0 : weightAt;
    const rows = [codesAt, to - from, groups.length, own, even] as const;
    const logLikelihood = exports.categoricalStep(
      ...rows,
      startsAt,
      tableAt,
      baseAt,
      scratch,
      countsAt,
      totalAt,
    );
    for (let j = 0; j < k; j++) count[j] += total[j];
    addLevels(groups, levels, counts, k, even, level);
    return logLikelihood;
  };
}

/** Where the levels of each feature begin among those of all. */
function startsOf(levels: readonly number[]): number[] {
  let start = 0;
  return levels.map((count) => (start += count) - count);
}

/** Log probabilities of every code of every group: entries x even, those that only make it even are zero. */
function tableOf(
  groups: readonly LevelGroup[],
  levels: readonly number[],
  logProbability: Float64Array,
  k: number,
  even: number,
): Float64Array {
  const starts = startsOf(levels);
  const size = levels.reduce((sum, count) => sum + count, 0);
  const entries = groups.reduce((sum, group) => sum + group.codes, 0);
  const table = new Float64Array(entries * even);
  for (const { features, codes, start } of groups)
    for (let code = 0; code < codes; code++)
      for (const { feature, stride, levels: count } of features) {
        const at = starts[feature] + (Math.floor(code / stride) % count);
        for (let j = 0; j < k; j++) table[(start + code) * even + j] += logProbability[j * size + at];
      }
  return table;
}

/** Adds counts by code to counts by level. */
function addLevels(
  groups: readonly LevelGroup[],
  levels: readonly number[],
  counts: Float64Array,
  k: number,
  even: number,
  level: Float64Array,
): void {
  const starts = startsOf(levels);
  const size = levels.reduce((sum, count) => sum + count, 0);
  for (const { features, codes, start } of groups)
    for (let code = 0; code < codes; code++)
      for (const { feature, stride, levels: count } of features) {
        const at = starts[feature] + (Math.floor(code / stride) % count);
        for (let j = 0; j < k; j++) level[j * size + at] += counts[(start + code) * even + j];
      }
}
