import {
  boundPlaces,
  layOut,
  mostPieces,
  preparedStages,
  type KMeansMemory,
  type PassKind,
} from './kMeansLayout';
import { addressOf, bufferOf } from './memory';
import { isMostlyZero } from './mostlyZero';

/** Rows, complete and numeric, that lie in a memory. */
interface PlacedRows {
  readonly x: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly weight?: Float64Array | undefined;
}

const pageBytes = 65536;

/** Labels are 16 bits, the last value means none. */
const mostComponents = 65_535;

/** What has been taken in each memory: fits of the same rows, one after the other, use it again. */
const taken = new WeakMap<WebAssembly.Memory, { readonly address: number; readonly pages: number }>();

/**
 * Takes memory for k-means runs beside the rows, in the place of that of runs before; null when the rows lie elsewhere,
 * there are too many components, or not enough memory: whoever asks then works without.
 */
export function allocateKMeans(
  memory: WebAssembly.Memory,
  rows: PlacedRows,
  k: number,
  runs: number,
  threads: number,
  passes = suitablePasses(rows, k),
): KMeansMemory | null {
  const x = addressOf(memory, rows.x);
  const weight = rows.weight === undefined ? 0 : addressOf(memory, rows.weight);
  if (x === null || weight === null || k > mostComponents || rows.n === 0 || rows.d === 0) return null;
  const place: KMeansMemory = {
    memory,
    address: 0,
    rows: x,
    weight,
    n: rows.n,
    d: rows.d,
    k,
    runs,
    threads,
    passes,
  };
  const address = addressFor(memory, Math.ceil(layOut(place).end / pageBytes));
  if (address === null) {
    return passes === 'tiles' ? null : allocateKMeans(memory, rows, k, runs, threads, 'tiles');
  }
  const there: KMeansMemory = { ...place, address };
  const { prepared } = layOut(there);
  new Int32Array(bufferOf(memory), prepared, preparedStages * mostPieces).fill(0);
  return there;
}

/** Where so many pages lie; null when there are not so many. */
function addressFor(memory: WebAssembly.Memory, pages: number): number | null {
  const known = taken.get(memory);
  if (known !== undefined && known.pages >= pages) return known.address;
  try {
    const address = memory.grow(pages) * pageBytes;
    taken.set(memory, { address, pages });
    return address;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** With more features a box of rows lies across too many clusters to be worth putting rows in order. By eye. */
const mostOrderedFeatures = 3;

/** Fewer rows are looked at before they are in order. By eye. */
const leastOrderedRows = 50_000;

/** With fewer multiplications a row its bounds by groups cost more than the tiles they save. Measured. */
const leastGroupedWork = 3000;

/** Bounds by groups may take as much room as the copies of the rows, and no more. */
function suitablePasses({ x, n, d }: PlacedRows, k: number): PassKind {
  if (d <= mostOrderedFeatures && n >= leastOrderedRows) return 'boxes';
  if (d * k < leastGroupedWork || boundPlaces(k) > d) return 'tiles';
  return isMostlyZero(x, n, d) ? 'sparse' : 'groups';
}
