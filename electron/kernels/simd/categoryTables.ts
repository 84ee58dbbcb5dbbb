import { bufferOf, type Arena } from '../memory';
import type { CategoryGrouping } from './categoryGrouping';
import type { KernelExports } from './exports';
import { layOutRows, numbersAt, type CalledRows, type Piece } from './frame';

const numberBytes = Float64Array.BYTES_PER_ELEMENT;

/** What tables are made from. */
export interface CategoryParameters {
  readonly grouping: CategoryGrouping;
  readonly logProbability: Float64Array;
  readonly logScale: Float64Array;
  readonly k: number;
}

/** Tables as a call left them. */
interface Kept extends CategoryParameters {
  readonly address: number;
  readonly hasRatios: boolean;
  /** Of the arena, at that call. */
  readonly reservations: number;
}

/** Where things of a call lie. */
export interface PlacedCall {
  readonly tables: number;
  /** What `levelSums` is told of features. */
  readonly places: number;
  readonly x: number;
  /** Of the pieces. */
  readonly addresses: readonly number[];
}

/**
 * Lays out calls behind the tables of their parameters, which are made only where the call before, if nobody else has
 * used the arena since, did not leave them.
 */
export class CategoryTables {
  private kept: Kept | null = null;
  private readonly levelLogs = new WeakMap<Float64Array, Float64Array>();

  constructor(
    private readonly exports: KernelExports,
    private readonly arena: Arena,
  ) {}

  /** `wants` logs alone, or what a step needs besides. Components are `even` many. */
  place(
    parameters: CategoryParameters,
    even: number,
    wants: 'logs' | 'ratios',
    called: CalledRows,
    pieces: readonly Piece[],
  ): PlacedCall {
    const { exports, arena, kept } = this;
    const { grouping, logProbability, logScale, k } = parameters;
    const { rows, addresses } = layOutRows(arena, called, [
      exports.categoryTableBytes(even, grouping.entries),
      grouping.places.byteLength,
      grouping.levels * even * numberBytes,
      even * numberBytes,
      ...pieces,
    ]);
    const [tables, places, levelLogs, base, ...rest] = addresses;
    const isKept =
      kept?.reservations === arena.reservations - 1 && kept.address === tables && areAlike(kept, parameters);
    if (!isKept) {
      const { places: known } = grouping;
      new Uint32Array(bufferOf(arena.memory), places, known.length).set(known);
      numbersAt(arena, levelLogs, grouping.levels * even).set(
        this.levelLogsOf(logProbability, grouping.levels, k, even),
      );
      numbersAt(arena, base, even).fill(-Infinity).set(logScale.subarray(0, k));
      exports.fillCategoryLogs(levelLogs, base, even, grouping.features, places, tables);
    }
    const hasRatios = isKept && kept.hasRatios;
    if (wants === 'ratios' && !hasRatios) exports.fillCategoryRatios(even, grouping.entries, tables);
    this.kept = {
      ...parameters,
      logScale: isKept ? kept.logScale : logScale.slice(0, k),
      address: tables,
      hasRatios: hasRatios || wants === 'ratios',
      reservations: arena.reservations,
    };
    return { tables, places, x: rows.x, addresses: rest };
  }

  /** Log probabilities with components side by side: levels x even; those that only make the number even are zero. */
  private levelLogsOf(logProbability: Float64Array, levels: number, k: number, even: number): Float64Array {
    const known = this.levelLogs.get(logProbability);
    if (known) return known;
    const turned = new Float64Array(levels * even);
    for (let j = 0; j < k; j++)
      for (let place = 0; place < levels; place++)
        turned[place * even + j] = logProbability[j * levels + place];
    this.levelLogs.set(logProbability, turned);
    return turned;
  }
}

function areAlike(one: CategoryParameters, other: CategoryParameters): boolean {
  return (
    one.grouping === other.grouping &&
    one.logProbability === other.logProbability &&
    one.k === other.k &&
    one.logScale.every((value, j) => value === other.logScale[j])
  );
}
