import { copyLength, tableLength } from './kMeansTable';

/**
 * The memory that k-means runs of a fit share with its rows. Everything in it can be recomputed from these few
 * numbers, so that is all that is posted to threads.
 */
export interface KMeansMemory {
  readonly memory: WebAssembly.Memory;
  /** Where it begins. */
  readonly address: number;
  readonly rows: number;
  /** 0: all rows weigh the same. */
  readonly weight: number;
  readonly n: number;
  readonly d: number;
  readonly k: number;
  /** Runs that go on at the same time. */
  readonly runs: number;
  readonly threads: number;
  readonly passes: PassKind;
}

/**
 * How passes go over rows: in tiles, with one bound a row; in boxes, an order in which neighbours are near, whole
 * boxes of them at a time; row by row, with bounds by groups of centres; the same, of rows that are mostly zeros.
 */
export type PassKind = 'tiles' | 'boxes' | 'groups' | 'sparse';

/** Rows a chunk ends at multiples of: those the kernels decide upon at once. */
const blockRows = 512;

/** Rows that share a box. */
const boxRows = 64;

/** Cells of the grid along which rows are ordered, as a power of two: some tens of rows in each. By eye. */
const cellBits = (n: number): number => (n < 2_000_000 ? 16 : 18);

/** Rows are ordered in so many parts, whatever the number of threads. */
export const orderingParts = 8;

/** At most this many chunks: enough for threads to share, few enough for their sums to be added up quickly. */
const mostChunks = 64;

/** Stages of the preparation, and the most pieces one has. */
export const preparedStages = 6;
export const mostPieces = mostChunks;

/** Bytes that the sums of all chunks may take, unless one chunk takes more. */
const sumsBudgetBytes = 64 * 2 ** 20;

/** Rows in a chunk of a k-means: a function of the data and of k alone. */
export function kMeansChunkRows(n: number, d: number, k: number): number {
  const chunks = Math.max(1, Math.min(mostChunks, Math.floor(sumsBudgetBytes / (16 * k * (d + 1)))));
  return Math.max(2 * blockRows, Math.ceil(n / chunks / blockRows) * blockRows);
}

/** Addresses of one run; `electron/kernels/source/kMeansPlan.ts` says what lies there. */
export interface RunLayout {
  readonly plan: number;
  /** The same for the rows in their own order; `plan` itself when they are not ordered. */
  readonly originalPlan: number;
  readonly origin: number;
  readonly label: number;
  readonly bound: number;
  readonly nearest: number;
  readonly boxLabel: number;
  readonly sums: number;
  readonly totals: number;
  readonly centre: number;
  readonly table: number;
  readonly drift: number;
  readonly driftBelow: number;
  readonly lower: number;
  readonly groupDrift: number;
  readonly found: number;
}

/** Addresses of the tiles of all rows, in one order. */
export interface TilesLayout {
  readonly tiles: number;
  readonly squares: number;
  readonly squareSums: number;
}

/** Addresses of what ordering the rows needs and leaves. */
export interface OrderLayout extends TilesLayout {
  readonly boxes: number;
  readonly place: number;
  readonly cellCounts: number;
  readonly rows: number;
  readonly weight: number;
  readonly gridBits: number;
}

export interface KMeansLayout {
  readonly chunkRows: number;
  readonly chunks: number;
  readonly original: TilesLayout;
  /** Null: passes go over the rows in their own order. */
  readonly ordered: OrderLayout | null;
  /** Copies of the rows, one after the other, for passes with bounds by groups; null: there are none. */
  readonly copies: TilesLayout | null;
  /** Of which feature the numbers of the copies are, where zeros are left out, and where each row ends. */
  readonly cells: { readonly features: number; readonly ends: number } | null;
  /** For each stage of the preparation a word for each piece: 0, 1 while a thread does it, 2 when it is done. */
  readonly prepared: number;
  readonly runs: readonly RunLayout[];
  /** Of each thread. */
  readonly scratch: readonly number[];
  readonly end: number;
}

/** Bounds by groups that a row has room for, as `GroupBounds` in the sources counts them. */
export const boundPlaces = (k: number): number => 4 * Math.ceil(k / 16);

/** Bytes that a job may leave for a chunk: sums for each candidate of a seeding, 2 + log of the components, and one more. */
export const foundBytes = 256;

/** Where everything lies. */
export function layOut({ address, weight, n, d, k, runs, threads, passes }: KMeansMemory): KMeansLayout {
  let end = address;
  const take = (bytes: number): number => {
    const at = end;
    end += Math.ceil(bytes / 64) * 64;
    return at;
  };
  const chunkRows = kMeansChunkRows(n, d, k);
  const chunks = Math.ceil(n / chunkRows);
  const padded = Math.ceil(n / 8) * 8;
  const boxes = Math.ceil(n / boxRows);
  const gridBits = Math.floor(cellBits(n) / d);
  const places = boundPlaces(k);
  const isGrouped = passes === 'groups' || passes === 'sparse';
  const takeTiles = (length: number): TilesLayout => ({
    tiles: take(4 * padded * length),
    squares: take(4 * padded),
    squareSums: take(32 * chunks),
  });
  return {
    chunkRows,
    chunks,
    original: takeTiles(d),
    ordered:
      passes === 'boxes'
        ? {
            ...takeTiles(d),
            boxes: take(8 * boxes * d),
            place: take(4 * n),
            cellCounts: take(4 * orderingParts * 2 ** (d * gridBits)),
            rows: take(8 * n * d),
            weight: weight === 0 ? 0 : take(8 * n),
            gridBits,
          }
        : null,
    copies: isGrouped ? takeTiles(copyLength(d)) : null,
    cells:
      passes === 'sparse' ? { features: take(2 * padded * copyLength(d)), ends: take(4 * padded) } : null,
    prepared: take(4 * preparedStages * mostPieces),
    runs: Array.from({ length: runs }, () => ({
      plan: take(planBytes),
      originalPlan: take(planBytes),
      origin: take(8 * d),
      label: take(2 * padded),
      bound: take(4 * padded),
      nearest: take(8 * padded),
      boxLabel: take(2 * boxes),
      sums: take(16 * chunks * k * (d + 1)),
      totals: take(16 * k * (d + 1)),
      centre: take(8 * k * d),
      table: take(4 * tableLength(k, d)),
      drift: take(4 * k),
      driftBelow: take(4 * k),
      lower: isGrouped ? take(4 * padded * places) : 0,
      groupDrift: isGrouped ? take(4 * places) : 0,
      found: take(foundBytes * chunks),
    })),
    scratch: Array.from({ length: threads }, () => take(scratchBytes(d, k))),
    end,
  };
}

/** As `decideRows` and `groupPass` in the sources lay it out: behind the lists of a block tiles, or scores of two rows. */
const scratchBytes = (d: number, k: number): number =>
  blockRows * 24 +
  Math.max(4 * d * Math.min(blockRows, Math.max(8, 4096 / d)), 32 * Math.ceil(k / 4)) +
  candidateBytes(d, k);

/** Of `BoxCandidates`: margin and count, names, table. */
const candidateBytes = (d: number, k: number): number => 16 + 16 * Math.ceil(k / 4) * (d + 2);

const planBytes = 256;
