import { bufferOf, type Arena } from '../memory';
import type { CategoryGrouping } from './categoryGrouping';
import type { KernelExports } from './exports';
import { numbersAt } from './frame';

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
  /** Of the arena, at the last call. */
  reservations: number;
}

/** Tables of parameters, made only where the call before, if nobody else has used the arena since, did not leave them. */
export class CategoryTables {
  private kept: Kept | null = null;
  private readonly levelLogs = new WeakMap<Float64Array, Float64Array>();

  constructor(
    private readonly exports: KernelExports,
    private readonly arena: Arena,
  ) {}

  /** What `fill` needs room for: the tables, what kernels are told of features, and what tables are made from. */
  pieces({ entries, places, levels }: CategoryGrouping, even: number): number[] {
    const table = this.exports.categoryTableBytes(even, entries);
    return [table, places.byteLength, levels * even * numberBytes, even * numberBytes];
  }

  /**
   * Sees to the tables of `even` components, in the room for `pieces`: `wants` logs alone, or what a step needs besides.
   * Whoever calls has reserved the arena once at most since the last time, if it was nobody else.
   */
  fill(
    parameters: CategoryParameters,
    even: number,
    wants: 'logs' | 'ratios',
    [tables, places, levelLogs, base]: readonly number[],
  ): void {
    const { exports, arena, kept } = this;
    const { grouping, logProbability, logScale, k } = parameters;
    const isKept =
      kept !== null &&
      arena.reservations - kept.reservations <= 1 &&
      kept.address === tables &&
      areAlike(kept, parameters);
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
    const { reservations } = arena;
    if (isKept && hasRatios === (wants === 'ratios')) kept.reservations = reservations;
    else {
      const own = isKept ? kept.logScale : logScale.slice(0, k);
      this.kept = {
        ...parameters,
        logScale: own,
        address: tables,
        hasRatios: hasRatios || wants === 'ratios',
        reservations,
      };
    }
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
  if (one.grouping !== other.grouping || one.logProbability !== other.logProbability || one.k !== other.k)
    return false;
  for (let j = 0; j < one.k; j++) if (one.logScale[j] !== other.logScale[j]) return false;
  return true;
}
