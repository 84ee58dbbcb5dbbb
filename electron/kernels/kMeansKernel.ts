import { KMeansDrift } from './kMeansDrift';
import { kMeansJobs, type KMeansExports, type KMeansJob } from './kMeansJobs';
import {
  foundBytes,
  layOut,
  orderingParts,
  type KMeansLayout,
  type KMeansMemory,
  type RunLayout,
} from './kMeansLayout';
import { placeOrigin } from './kMeansOrigin';
import { passMode, planWord, writePlan, type PlannedRows } from './kMeansPlan';
import { KMeansPreparation } from './kMeansPreparation';
import { tableLength, writeTable, type TableOrder } from './kMeansTable';
import { bufferOf } from './memory';

/** A sum to about twice the digits of a double: `high` + `low`. */
export interface LongNumber {
  readonly high: number;
  readonly low: number;
}

/** Columns of the sums in one piece of the job `totals`. */
const columnsAtOnce = 1024;

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
  private readonly drift: KMeansDrift;
  private readonly preparedPieces: KMeansPreparation;
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
    this.drift = new KMeansDrift(place, this.run, this.singles, copies !== null);
    this.preparedPieces = new KMeansPreparation(this.words, this.layout.prepared);
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
        return this.prepare(job, piece, (chunk) =>
          this.layout.cells === null
            ? kernels.rowCopies(plan, chunk)
            : kernels.sparseRows(plan, scratch, chunk),
        );
      case 'pass':
        if (this.layout.cells !== null) return kernels.sparsePass(plan, scratch, piece);
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
    const { n, d, rows, weight } = place;
    const x = this.doubles.subarray(rows / 8, rows / 8 + n * d);
    const origin = this.doubles.subarray(run.origin / 8, run.origin / 8 + d);
    const scale = (this.scale = placeOrigin(x, n, d, place.passes !== 'sparse', origin));
    const write = (plan: number, planned: PlannedRows): void =>
      writePlan(bufferOf(place.memory), plan, place, layout, run, planned, scale);
    write(run.originalPlan, { rows, weight, tiles: original, boxes: 0 });
    if (ordered !== null)
      write(run.plan, { rows: ordered.rows, weight: ordered.weight, tiles: ordered, boxes: ordered.boxes });
    if (copies !== null) write(run.plan, { rows, weight, tiles: copies, boxes: 0 });
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
    return this.preparedPieces.await(kMeansJobs.indexOf(job), this.pieces(job), isCancelled);
  }

  /** The next pass finds labels and sums as if it were the first. */
  forget(): void {
    this.centre = null;
  }

  /** The lead, before the job `pass`: k x d centres, in units of the rows. */
  placeCentres(centre: Float64Array): void {
    const { place, run } = this;
    const bounds = this.centre !== null && this.drift.add(this.centre, centre, this.scale);
    if (!bounds) this.drift.clear();
    this.words[run.plan / 4 + planWord.mode] =
      this.centre === null ? passMode.first : bounds ? passMode.bounded : passMode.unbounded;
    this.writeCentres(centre, place.k, this.tableOrder);
    this.centre = centre;
  }

  /** The lead, before the jobs of a seeding: at most k candidates to become centres, and how rows are drawn. */
  placeCandidates(candidates: readonly Float64Array[], byDistance: boolean): void {
    const { place, run } = this;
    this.forget();
    const flat = new Float64Array(candidates.length * place.d);
    candidates.forEach((candidate, t) => flat.set(candidate, t * place.d));
    this.writeCentres(flat, candidates.length, 'tiles');
    this.words[run.originalPlan / 4 + planWord.candidates] = candidates.length;
    this.words[run.originalPlan / 4 + planWord.byDistance] = byDistance ? 1 : 0;
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
      fixed: this.singles[at + planWord.errorFixed],
      perSquare: this.singles[at + planWord.errorPerSquare],
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

  private get tableOrder(): TableOrder {
    const { copies, cells } = this.layout;
    if (copies === null) return 'tiles';
    return cells === null ? 'rows' : 'cells';
  }

  private get columns(): number {
    return this.place.k * (this.place.d + 1);
  }

  /**
   * Prepared rows belong to all runs, which begin at different pieces, so that they share the work.
   */
  private prepare(job: KMeansJob, piece: number, work: (piece: number) => void): void {
    const pieces = this.pieces(job);
    const own = (piece + Math.floor((this.index.run * pieces) / this.place.runs)) % pieces;
    this.preparedPieces.perform(kMeansJobs.indexOf(job), own, work);
  }

  private writeCentres(centre: Float64Array, count: number, order: TableOrder): void {
    const { place, run, scale } = this;
    this.doubles.set(centre, run.centre / 8);
    const origin = this.doubles.subarray(run.origin / 8, run.origin / 8 + place.d);
    const table = this.singles.subarray(run.table / 4, run.table / 4 + tableLength(place.k, place.d));
    const { errorFixed, errorPerSquare } = writeTable(order, centre, count, place.d, origin, scale, table);
    for (const plan of [run.plan, run.originalPlan]) {
      this.singles[plan / 4 + planWord.errorFixed] = errorFixed;
      this.singles[plan / 4 + planWord.errorPerSquare] = errorPerSquare;
    }
  }
}
