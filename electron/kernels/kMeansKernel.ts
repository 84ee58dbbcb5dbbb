import { bufferOf } from './memory';
import { foundBytes, layOut, type KMeansLayout, type KMeansMemory, type RunLayout } from './kMeansMemory';
import { writeTable } from './kMeansTable';

/** What the compiled sources export for k-means; addresses in bytes. */
export interface KMeansExports {
  kMeansTiles(plan: number, chunk: number): void;
  kMeansPass(plan: number, scratch: number, chunk: number): void;
  kMeansTotals(plan: number, from: number, to: number): void;
  kMeansDistortion(plan: number, chunk: number): void;
  seedingBegin(plan: number, chunk: number): void;
  seedingEstimates(plan: number, scratch: number, chunk: number): void;
  seedingCosts(plan: number, chunk: number): void;
  seedingAccept(plan: number, scratch: number, chunk: number): void;
  seedingMasses(plan: number, chunk: number): void;
}

/** Work that any thread may do a piece of, in any order: `totals` some columns of the sums, the others a chunk of rows. */
export const kMeansJobs = [
  'tiles',
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
  ...{ scale: 24, nearest: 26, candidates: 27, byDistance: 28 },
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
  private readonly moved: Float64Array;
  private scale = 0;

  /** `run`, `thread`: which of those the memory was taken for. */
  constructor(
    private readonly kernels: KMeansExports,
    readonly place: KMeansMemory,
    private readonly index: { readonly run: number; readonly thread: number },
  ) {
    this.layout = layOut(place);
    this.run = this.layout.runs[index.run];
    const buffer = bufferOf(place.memory);
    this.words = new Int32Array(buffer);
    this.singles = new Float32Array(buffer);
    this.doubles = new Float64Array(buffer);
    this.moved = new Float64Array(place.k);
  }

  /** Pieces of a job. */
  pieces(job: KMeansJob): number {
    return job === 'totals' ? Math.ceil(this.columns / columnsAtOnce) : this.layout.chunks;
  }

  /** Does one piece of a job that the lead has made ready. */
  perform(job: KMeansJob, piece: number): void {
    const { kernels } = this;
    const { plan } = this.run;
    const scratch = this.layout.scratch[this.index.thread];
    switch (job) {
      case 'tiles':
        return this.prepare(piece);
      case 'pass':
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
        return kernels.seedingBegin(plan, piece);
      case 'seedingEstimates':
        return kernels.seedingEstimates(plan, scratch, piece);
      case 'seedingCosts':
        return kernels.seedingCosts(plan, piece);
      case 'seedingAccept':
        kernels.seedingAccept(plan, scratch, piece);
        return kernels.seedingMasses(plan, piece);
    }
  }

  /** The lead, before the job `tiles`. False: it has been done. */
  begin(): boolean {
    if (this.scale !== 0) return false;
    const { place, layout, run } = this;
    this.scale = this.placeOrigin();
    this.words.set(
      [
        ...[place.rows, place.weight, place.n, place.d, place.k, layout.chunkRows, layout.chunks, run.origin],
        ...[layout.tiles, layout.squares, layout.squareSums, run.label, run.bound, run.sums, run.totals],
        ...[run.centre, run.table, run.drift, run.driftBelow, run.found],
      ],
      run.plan / 4,
    );
    this.words[run.plan / 4 + word.nearest] = run.nearest;
    this.doubles[run.plan / 8 + word.scale / 2] = this.scale;
    return true;
  }

  /** The lead, after the job `tiles`: waits for chunks that threads of other runs make. False: no longer wanted. */
  awaitTiles(isCancelled: () => boolean): boolean {
    for (let chunk = 0; chunk < this.layout.chunks; chunk++) {
      const at = this.layout.prepared / 4 + chunk;
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
      this.writeDrift();
    }
    this.words[run.plan / 4 + word.mode] =
      this.centre === null ? mode.first : bounds ? mode.bounded : mode.unbounded;
    this.writeCentres(centre, place.k);
    this.centre = centre;
  }

  /** The lead, before the jobs of a seeding: at most k candidates to become centres, and how rows are drawn. */
  placeCandidates(candidates: readonly Float64Array[], byDistance: boolean): void {
    const { place, run } = this;
    this.forget();
    const flat = new Float64Array(candidates.length * place.d);
    candidates.forEach((candidate, t) => flat.set(candidate, t * place.d));
    this.writeCentres(flat, candidates.length);
    this.words[run.plan / 4 + word.candidates] = candidates.length;
    this.words[run.plan / 4 + word.byDistance] = byDistance ? 1 : 0;
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
    return new Uint16Array(this.words.buffer, this.run.label, this.place.n);
  }

  /** After the job `totals`: the weighted sum of the rows of each centre, then their weight, k x (d + 1), in two parts. */
  totals(): { readonly high: Float64Array; readonly low: Float64Array } {
    const at = this.run.totals / 8;
    return {
      high: this.doubles.subarray(at, at + this.columns),
      low: this.doubles.subarray(at + this.columns, at + 2 * this.columns),
    };
  }

  /** After the job `tiles`: the weighted sum of squared lengths of all rows about zero, chunk by chunk. */
  squares(): LongNumber[] {
    const at = this.layout.squareSums / 8;
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

  /** Tiles belong to all runs: who comes first makes them. Runs begin at different chunks, so that they share the work. */
  private prepare(piece: number): void {
    const { chunks, prepared } = this.layout;
    const chunk = (piece + Math.floor((this.index.run * chunks) / this.place.runs)) % chunks;
    const at = prepared / 4 + chunk;
    if (Atomics.compareExchange(this.words, at, 0, 1) !== 0) return;
    this.kernels.kMeansTiles(this.run.plan, chunk);
    Atomics.store(this.words, at, 2);
    Atomics.notify(this.words, at);
  }

  private writeCentres(centre: Float64Array, count: number): void {
    const { place, run, scale } = this;
    this.doubles.set(centre, run.centre / 8);
    const origin = this.doubles.subarray(run.origin / 8, run.origin / 8 + place.d);
    const table = this.singles.subarray(run.table / 4);
    const { errorFixed, errorPerSquare } = writeTable(centre, count, place.d, origin, scale, table);
    this.singles[run.plan / 4 + word.errorFixed] = errorFixed;
    this.singles[run.plan / 4 + word.errorPerSquare] = errorPerSquare;
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
    for (let j = 0; j < k; j++) this.moved[j] += shift[j] + (j === fastest ? second : first);
    this.writeDrift();
    return this.moved.every((moved) => moved < mostDrift);
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
