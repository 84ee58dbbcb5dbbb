import { bufferOf } from './memory';
import {
  boundPlaces,
  foundBytes,
  layOut,
  mostPieces,
  orderingParts,
  type KMeansLayout,
  type KMeansMemory,
  type RunLayout,
  type TilesLayout,
} from './kMeansMemory';
import { tableLength, writeTable } from './kMeansTable';

/** What the compiled sources export for k-means; addresses in bytes. */
export interface KMeansExports {
  kMeansTiles(plan: number, chunk: number): void;
  kMeansPass(plan: number, scratch: number, chunk: number): void;
  rowCopies(plan: number, chunk: number): void;
  groupPass(plan: number, scratch: number, chunk: number): void;
  kMeansTotals(plan: number, from: number, to: number): void;
  kMeansDistortion(plan: number, chunk: number): void;
  orderCount(plan: number, part: number): void;
  orderPlaces(plan: number): void;
  orderCopy(plan: number, part: number): void;
  seedingBegin(plan: number, chunk: number): void;
  seedingEstimates(plan: number, scratch: number, chunk: number): void;
  seedingCosts(plan: number, chunk: number): void;
  seedingAccept(plan: number, scratch: number, chunk: number): void;
  seedingMasses(plan: number, chunk: number): void;
}

/**
 * Work that any thread may do a piece of, in any order. A piece of `totals` is some columns of the sums, of ordering a
 * part of the rows, of the others a chunk. Jobs up to `rowCopies` prepare the rows for all runs.
 */
export const kMeansJobs = [
  'orderCount',
  'orderPlaces',
  'orderCopy',
  'orderedTiles',
  'tiles',
  'rowCopies',
  'pass',
  'totals',
  'distortion',
  'seedingBegin',
  'seedingEstimates',
  'seedingCosts',
  'seedingAccept',
] as const;
export type KMeansJob = (typeof kMeansJobs)[number];

/** A sum to about twice the digits of a double: `high` + `low`. */
export interface LongNumber {
  readonly high: number;
  readonly low: number;
}

/** Columns of the sums in one piece of the job `totals`. */
const columnsAtOnce = 1024;

/** Rows the origin and scale of the tiles are taken from. By eye; they change no result. */
const sampledRows = 4096;

/** Words of the plan, in the order of `electron/kernels/source/kMeansPlan.ts`. */
const word = {
  ...{ mode: 20, largestDrift: 21, errorFixed: 22, errorPerSquare: 23 },
  ...{ scale: 24, nearest: 26, candidates: 27, places: 30, byDistance: 36, lower: 37 },
} as const;
const mode = { first: 0, bounded: 1, unbounded: 2 } as const;

/** Drift, in units of the tiles, at which bounds begin to lose digits and are taken afresh. By eye. */
const mostDrift = 64;

/** Waiting for another thread's tiles, a thread looks at this interval whether it may still wait. */
const patienceMs = 20;

/**
 * A k-means run in shared memory, as one thread sees it: labels, bounds and sums of all rows, which the passes over
 * chunks keep up to date. Every thread of a run has one of its own over the same memory.
 */
export class KMeansKernel {
  private readonly layout: KMeansLayout;
  private readonly run: RunLayout;
  private readonly words: Int32Array;
  private readonly singles: Float32Array;
  private readonly doubles: Float64Array;
  /** Centres of the last pass, null before the first. */
  private centre: Float64Array | null = null;
  /** How far each centre, and the fastest other with it, has moved; with bounds by groups each alone. */
  private readonly moved: Float64Array;
  /** How far the fastest centre of each group has moved, step by step. */
  private readonly groupMoved: Float64Array;
  private scale = 0;

  /** `run`, `thread`: which of those the memory was taken for. */
  constructor(
    private readonly kernels: KMeansExports,
    readonly place: KMeansMemory,
    private readonly index: { readonly run: number; readonly thread: number },
  ) {
    this.layout = layOut(place);
    const run = this.layout.runs[index.run];
    const { ordered, copies } = this.layout;
    this.run = ordered === null && copies === null ? { ...run, plan: run.originalPlan } : run;
    const buffer = bufferOf(place.memory);
    this.words = new Int32Array(buffer);
    this.singles = new Float32Array(buffer);
    this.doubles = new Float64Array(buffer);
    this.moved = new Float64Array(place.k);
    this.groupMoved = new Float64Array(boundPlaces(place.k));
  }

  /** Pieces of a job. */
  pieces(job: KMeansJob): number {
    if (job === 'totals') return Math.ceil(this.columns / columnsAtOnce);
    if (job === 'orderPlaces') return 1;
    return job === 'orderCount' || job === 'orderCopy' ? orderingParts : this.layout.chunks;
  }

  /** Does one piece of a job that the lead has made ready. */
  perform(job: KMeansJob, piece: number): void {
    const { kernels } = this;
    const { plan, originalPlan } = this.run;
    const scratch = this.layout.scratch[this.index.thread];
    switch (job) {
      case 'orderCount':
        return this.prepare(job, piece, (part) => kernels.orderCount(originalPlan, part));
      case 'orderPlaces':
        return this.prepare(job, piece, () => kernels.orderPlaces(originalPlan));
      case 'orderCopy':
        return this.prepare(job, piece, (part) => kernels.orderCopy(originalPlan, part));
      case 'orderedTiles':
        return this.prepare(job, piece, (chunk) => kernels.kMeansTiles(plan, chunk));
      case 'tiles':
        return this.prepare(job, piece, (chunk) => kernels.kMeansTiles(originalPlan, chunk));
      case 'rowCopies':
        return this.prepare(job, piece, (chunk) => kernels.rowCopies(plan, chunk));
      case 'pass':
        if (this.layout.copies !== null) return kernels.groupPass(plan, scratch, piece);
        return kernels.kMeansPass(plan, scratch, piece);
      case 'totals':
        return kernels.kMeansTotals(
          plan,
          piece * columnsAtOnce,
          Math.min(this.columns, (piece + 1) * columnsAtOnce),
        );
      case 'distortion':
        return kernels.kMeansDistortion(plan, piece);
      case 'seedingBegin':
        return kernels.seedingBegin(originalPlan, piece);
      case 'seedingEstimates':
        return kernels.seedingEstimates(originalPlan, scratch, piece);
      case 'seedingCosts':
        return kernels.seedingCosts(originalPlan, piece);
      case 'seedingAccept':
        kernels.seedingAccept(originalPlan, scratch, piece);
        return kernels.seedingMasses(originalPlan, piece);
    }
  }

  /** The lead, before anything else: makes the plans of the run. */
  begin(): void {
    if (this.scale !== 0) return;
    const { place, layout, run } = this;
    const { original, ordered, copies } = layout;
    this.scale = this.placeOrigin();
    this.writePlan(run.originalPlan, place.rows, place.weight, original, 0);
    if (ordered !== null) this.writePlan(run.plan, ordered.rows, ordered.weight, ordered, ordered.boxes);
    if (copies !== null) this.writePlan(run.plan, place.rows, place.weight, copies, 0);
  }

  /** The jobs that prepare the rows for passes, or for a seeding, one after the other. */
  preparation(purpose: 'passes' | 'seeding'): readonly KMeansJob[] {
    const { ordered, copies } = this.layout;
    if (purpose === 'passes' && copies !== null) return ['rowCopies'];
    return purpose === 'passes' && ordered !== null
      ? ['orderCount', 'orderPlaces', 'orderCopy', 'orderedTiles']
      : ['tiles'];
  }

  /** The lead, after a job of the preparation: waits for pieces that threads of other runs do. False: no longer wanted. */
  awaitJob(job: KMeansJob, isCancelled: () => boolean): boolean {
    for (let piece = 0; piece < this.pieces(job); piece++) {
      const at = this.preparedAt(job, piece);
      while (Atomics.load(this.words, at) !== 2) {
        if (isCancelled()) return false;
        Atomics.wait(this.words, at, 1, patienceMs);
      }
    }
    return true;
  }

  /** The next pass finds labels and sums as if it were the first. */
  forget(): void {
    this.centre = null;
  }

  /** The lead, before the job `pass`: k x d centres, in units of the rows. */
  placeCentres(centre: Float64Array): void {
    const { place, run } = this;
    const bounds = this.centre !== null && this.drift(this.centre, centre);
    if (!bounds) {
      this.moved.fill(0);
      this.groupMoved.fill(0);
      this.writeDrift();
    }
    this.words[run.plan / 4 + word.mode] =
      this.centre === null ? mode.first : bounds ? mode.bounded : mode.unbounded;
    this.writeCentres(centre, place.k, this.layout.copies === null ? 'tiles' : 'rows');
    this.centre = centre;
  }

  /** The lead, before the jobs of a seeding: at most k candidates to become centres, and how rows are drawn. */
  placeCandidates(candidates: readonly Float64Array[], byDistance: boolean): void {
    const { place, run } = this;
    this.forget();
    const flat = new Float64Array(candidates.length * place.d);
    candidates.forEach((candidate, t) => flat.set(candidate, t * place.d));
    this.writeCentres(flat, candidates.length, 'tiles');
    this.words[run.originalPlan / 4 + word.candidates] = candidates.length;
    this.words[run.originalPlan / 4 + word.byDistance] = byDistance ? 1 : 0;
  }

  /** What the last job of a seeding found, chunk by chunk: `count` numbers from the first of each. */
  found(count: number): Float64Array[] {
    return Array.from({ length: this.layout.chunks }, (_, chunk) => {
      const at = (this.run.found + chunk * foundBytes) / 8;
      return this.doubles.subarray(at, at + count);
    });
  }

  /** Each row's squared distance to the nearest centre of the seeding, in units of the rows. */
  nearest(): Float64Array {
    return this.doubles.subarray(this.run.nearest / 8, this.run.nearest / 8 + this.place.n);
  }

  /** Rows in a chunk. */
  get chunkRows(): number {
    return this.layout.chunkRows;
  }

  /** The error of a score in the tiles; see `writeTable`. */
  get scoreError(): { readonly fixed: number; readonly perSquare: number } {
    const at = this.run.plan / 4;
    return {
      fixed: this.singles[at + word.errorFixed],
      perSquare: this.singles[at + word.errorPerSquare],
    };
  }

  /** After the job `pass`: the nearest centre of each row, lowest index of equals. */
  labels(): Uint16Array {
    const { n, memory } = this.place;
    const { ordered } = this.layout;
    const labels = new Uint16Array(bufferOf(memory), this.run.label, n);
    if (ordered === null) return labels;
    return new Uint16Array(n).map((_, row) => labels[this.words[ordered.place / 4 + row]]);
  }

  /** After the job `totals`: the weighted sum of the rows of each centre, then their weight, k x (d + 1), in two parts. */
  totals(): { readonly high: Float64Array; readonly low: Float64Array } {
    const at = this.run.totals / 8;
    return {
      high: this.doubles.subarray(at, at + this.columns),
      low: this.doubles.subarray(at + this.columns, at + 2 * this.columns),
    };
  }

  /** After the preparation: the weighted sum of squared lengths of all rows about zero, chunk by chunk. */
  squares(purpose: 'passes' | 'seeding'): LongNumber[] {
    const { original, ordered, copies } = this.layout;
    const tiles = purpose === 'passes' ? (ordered ?? copies ?? original) : original;
    const at = tiles.squareSums / 8;
    return Array.from({ length: this.layout.chunks }, (_, chunk) => ({
      high: this.doubles[at + 4 * chunk],
      low: this.doubles[at + 4 * chunk + 1],
    }));
  }

  /** After the job `distortion`: the weighted sum of squared distances to the nearest centre, chunk by chunk. */
  distortions(): LongNumber[] {
    return this.found(2).map(([high, low]) => ({ high, low }));
  }

  private get columns(): number {
    return this.place.k * (this.place.d + 1);
  }

  /**
   * Prepared rows belong to all runs: who comes first does a piece. Runs begin at different ones, so that they share
   * the work.
   */
  private prepare(job: KMeansJob, piece: number, work: (piece: number) => void): void {
    const pieces = this.pieces(job);
    const own = (piece + Math.floor((this.index.run * pieces) / this.place.runs)) % pieces;
    const at = this.preparedAt(job, own);
    if (Atomics.compareExchange(this.words, at, 0, 1) !== 0) return;
    work(own);
    Atomics.store(this.words, at, 2);
    Atomics.notify(this.words, at);
  }

  private preparedAt(job: KMeansJob, piece: number): number {
    return this.layout.prepared / 4 + kMeansJobs.indexOf(job) * mostPieces + piece;
  }

  private writePlan(
    plan: number,
    rows: number,
    weight: number,
    { tiles, squares, squareSums }: TilesLayout,
    boxes: number,
  ): void {
    const { place, layout, run } = this;
    const { ordered, copies } = layout;
    this.words.set(
      [
        ...[rows, weight, place.n, place.d, place.k, layout.chunkRows, layout.chunks, run.origin],
        ...[tiles, squares, squareSums, run.label, run.bound, run.sums, run.totals],
        ...[run.centre, run.table, run.drift, run.driftBelow, run.found],
      ],
      plan / 4,
    );
    this.words.set([run.nearest, 0, boxes, run.boxLabel], plan / 4 + word.nearest);
    const isGrouped = tiles === copies?.tiles;
    this.words.set(isGrouped ? [run.lower, run.groupDrift] : [0, 0], plan / 4 + word.lower);
    if (ordered !== null) {
      const { place: places, cellCounts, gridBits } = ordered;
      const fields = [places, cellCounts, ordered.rows, ordered.weight, gridBits, orderingParts];
      this.words.set(fields, plan / 4 + word.places);
    }
    this.doubles[plan / 8 + word.scale / 2] = this.scale;
  }

  private writeCentres(centre: Float64Array, count: number, order: 'tiles' | 'rows'): void {
    const { place, run, scale } = this;
    this.doubles.set(centre, run.centre / 8);
    const origin = this.doubles.subarray(run.origin / 8, run.origin / 8 + place.d);
    const table = this.singles.subarray(run.table / 4, run.table / 4 + tableLength(place.k, place.d));
    const { errorFixed, errorPerSquare } = writeTable(order, centre, count, place.d, origin, scale, table);
    for (const plan of [run.plan, run.originalPlan]) {
      this.singles[plan / 4 + word.errorFixed] = errorFixed;
      this.singles[plan / 4 + word.errorPerSquare] = errorPerSquare;
    }
  }

  /**
   * Adds how far centres moved to their drift: a row keeps its label while its own centre and the fastest other
   * together have moved less than the difference of its distances (Hamerly, 2010). False: bounds must be taken
   * afresh, since a drift this large would round them away.
   */
  private drift(before: Float64Array, now: Float64Array): boolean {
    const { k, d } = this.place;
    const shift = new Float64Array(k);
    let first = 0;
    let second = 0;
    let fastest = -1;
    for (let j = 0; j < k; j++) {
      let s = 0;
      for (let a = j * d; a < (j + 1) * d; a++) s += (now[a] - before[a]) ** 2;
      shift[j] = Math.sqrt(s) * this.scale * (1 + 1e-9);
      if (shift[j] > first) {
        second = first;
        first = shift[j];
        fastest = j;
      } else if (shift[j] > second) second = shift[j];
    }
    const isGrouped = this.layout.copies !== null;
    for (let j = 0; j < k; j++) {
      this.moved[j] += shift[j];
      if (!isGrouped) this.moved[j] += j === fastest ? second : first;
    }
    for (let j = 0; j < k; j += 4) this.groupMoved[j >> 2] += Math.max(...shift.subarray(j, j + 4));
    this.writeDrift();
    return [this.moved, this.groupMoved].every((all) => all.every((moved) => moved < mostDrift));
  }

  /** Up and down by more than single precision rounds, so that comparing errs on the side of looking. */
  private writeDrift(): void {
    const { run, moved, singles } = this;
    let largest = 0;
    for (let j = 0; j < moved.length; j++) {
      const above = Math.fround(moved[j] * (1 + 3e-7));
      singles[run.drift / 4 + j] = above;
      singles[run.driftBelow / 4 + j] = moved[j] * (1 - 3e-7);
      if (above > largest) largest = above;
    }
    for (const moved of this.groupMoved) if (moved > largest) largest = moved;
    if (this.layout.copies !== null) singles.set(this.groupMoved, run.groupDrift / 4);
    singles[run.plan / 4 + word.largestDrift] = largest;
  }

  /** Writes the mean of some rows as origin; returns a scale at which they are about one long. */
  private placeOrigin(): number {
    const { n, d, rows } = this.place;
    const origin = new Float64Array(d);
    const every = Math.ceil(n / sampledRows);
    const count = Math.ceil(n / every);
    const x = rows / 8;
    for (let i = 0; i < n; i += every) {
      for (let a = 0; a < d; a++) origin[a] += this.doubles[x + i * d + a] / count;
    }
    let square = 0;
    for (let i = 0; i < n; i += every) {
      for (let a = 0; a < d; a++) square += (this.doubles[x + i * d + a] - origin[a]) ** 2 / count;
    }
    this.doubles.set(origin, this.run.origin / 8);
    return powerOfTwo(square);
  }
}

/** A power of two near 1 / sqrt(square); 1 where that cannot be had. */
function powerOfTwo(square: number): number {
  if (!(square > 1e-280 && square < 1e280)) return 1;
  return 2 ** -Math.round(Math.log2(square) / 2);
}
