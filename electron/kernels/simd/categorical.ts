import type { Kernels } from '../kernels';
import type { Arena } from '../memory';
import { encode, encodingPieces, entriesAt, entriesBytes, KeptEntries } from './categoryEntries';
import { groupingOf, type CategoryGrouping } from './categoryGrouping';
import { CategoryTables, type CategoryParameters } from './categoryTables';
import { addWeights, type DistinctRows } from './distinctRows';
import type { KernelExports } from './exports';
import { layOut, layOutRows, numbersAt, type CalledRows, type Piece } from './frame';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;

/** Where a step works, kept from call to call: with few rows the making of it would cost as much as the step. */
interface StepRoom {
  readonly grouping: CategoryGrouping;
  readonly k: number;
  /** Rows there is room for weights and entries of. */
  readonly rows: number;
  readonly tables: readonly number[];
  readonly weight: number;
  readonly entries: number;
  readonly scratch: number;
  readonly counts: number;
  readonly levels: number;
  /** What lies at `levels`: levels x even. */
  readonly found: Float64Array;
  readonly reservations: number;
}

/** Components are side by side, an even number of them. */
const evenOf = (k: number): number => k + (k % 2);

/** The kernels of categories, compiled; with more levels than their tables hold, the plain ones. */
export function createCategorical(
  exports: KernelExports,
  arena: Arena,
  plain: Kernels,
): Pick<Kernels, 'categoricalStep' | 'categoricalLogDensities' | 'categoricalPosteriors'> {
  const keptEntries = new KeptEntries(exports, arena);
  const tables = new CategoryTables(exports, arena);
  let lastRoom: StepRoom | null = null;

  /** Room for a step, and for weights and entries of so many rows. */
  function roomFor(grouping: CategoryGrouping, k: number, rows: number): StepRoom {
    const last = lastRoom;
    if (
      last?.reservations === arena.reservations &&
      last.grouping === grouping &&
      last.k === k &&
      last.rows >= rows
    )
      return last;
    const even = evenOf(k);
    const levels = grouping.levels * even;
    const own = tables.pieces(grouping, even);
    const addresses = layOut(arena, [
      ...own,
      rows * numberBytes,
      entriesBytes(grouping, rows),
      exports.categoricalScratchBytes(even),
      grouping.entries * even * numberBytes,
      levels * numberBytes,
    ]);
    const [weight, entries, scratch, counts, levelsAt] = addresses.slice(own.length);
    lastRoom = {
      grouping,
      k,
      rows,
      tables: addresses,
      weight,
      entries,
      scratch,
      counts,
      levels: levelsAt,
      found: numbersAt(arena, levelsAt, levels),
      reservations: arena.reservations,
    };
    return lastRoom;
  }

  /** Sees to tables and entries of rows that may be a scratch array that will hold others: entries are not kept. */
  function prepare(
    parameters: CategoryParameters,
    wants: 'logs' | 'ratios',
    { x, from, to }: Pick<CalledRows, 'x' | 'from' | 'to'>,
    pieces: readonly Piece[],
  ): { tables: number; entries: number; addresses: readonly number[] } {
    const { grouping, k } = parameters;
    const own = tables.pieces(grouping, evenOf(k));
    const encoding = encodingPieces(grouping);
    const n = to - from;
    const { rows, addresses } = layOutRows(arena, { x, from, to, d: grouping.features, weight: null }, [
      ...own,
      ...encoding,
      entriesBytes(grouping, n),
      ...pieces,
    ]);
    const rest = addresses.slice(own.length);
    const [entries, ...others] = rest.slice(encoding.length);
    tables.fill(parameters, evenOf(k), wants, addresses);
    encode(exports, arena, grouping, rows.x, n, rest, entries);
    return { tables: addresses[0], entries, addresses: others };
  }

  return {
    categoricalStep(x, from, to, levels, weight, logProbability, logScale, k, count, level) {
      const grouping = groupingOf(levels);
      if (grouping === null)
        return plain.categoricalStep(x, from, to, levels, weight, logProbability, logScale, k, count, level);
      const even = evenOf(k);
      const { address, distinct } = keptEntries.of(x, from, to, grouping);
      const n = distinct?.counts.length ?? to - from;
      const isWeighted = weight !== null || distinct !== null;
      const room = roomFor(grouping, k, isWeighted ? n : 0);
      tables.fill({ grouping, logProbability, logScale, k }, even, 'ratios', room.tables);
      if (isWeighted) placeWeights(numbersAt(arena, room.weight, n), distinct, weight, from, to);
      if (distinct !== null) entriesAt(arena, room.entries, distinct.entries.length).set(distinct.entries);
      const [table, places] = room.tables;
      const logLikelihood = exports.categoricalStep(
        distinct === null ? address : room.entries,
        n,
        grouping.groups,
        isWeighted ? room.weight : 0,
        even,
        grouping.entries,
        table,
        room.scratch,
        room.counts,
      );
      exports.levelSums(room.counts, even, grouping.features, places, grouping.levels, room.levels);
      const { found } = room;
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
      const n = to - from;
      const call = prepare({ grouping, logProbability, logScale, k }, 'logs', { x, from, to }, [
        (n * k + 1) * numberBytes,
      ]);
      const [outAt] = call.addresses;
      exports.categoricalLogDensities(call.entries, n, grouping.groups, evenOf(k), k, call.tables, outAt);
      out.set(numbersAt(arena, outAt, n * k));
    },

    categoricalPosteriors(x, from, to, levels, logProbability, logScale, k, out, logDensity) {
      const grouping = groupingOf(levels);
      if (grouping === null) {
        plain.categoricalPosteriors(x, from, to, levels, logProbability, logScale, k, out, logDensity);
        return;
      }
      const n = to - from;
      const call = prepare({ grouping, logProbability, logScale, k }, 'ratios', { x, from, to }, [
        exports.categoricalScratchBytes(evenOf(k)),
        (n * k + 1) * numberBytes,
        (n + 1) * numberBytes,
      ]);
      const [scratchAt, outAt, logDensityAt] = call.addresses;
      exports.categoricalPosteriors(
        call.entries,
        n,
        grouping.groups,
        evenOf(k),
        k,
        grouping.entries,
        call.tables,
        scratchAt,
        outAt,
        logDensityAt,
      );
      out.set(numbersAt(arena, outAt, n * k));
      logDensity.set(numbersAt(arena, logDensityAt, n));
    },
  };
}

/** Weights of the rows a step is over: how many rows, or what weight of rows, a distinct one stands for. */
function placeWeights(
  out: Float64Array,
  distinct: DistinctRows | null,
  weight: Float64Array | null,
  from: number,
  to: number,
): void {
  if (distinct === null) {
    if (weight !== null) out.set(weight.subarray(from, to));
  } else if (weight === null) out.set(distinct.counts);
  else addWeights(distinct, weight, from, out.fill(0));
}
