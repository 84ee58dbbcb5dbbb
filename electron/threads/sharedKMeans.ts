import type { EStep } from '../engine/drive/eStep';
import { kMeansEStep } from '../engine/drive/kMeansEStep';
import { kMeansSeeding } from '../engine/drive/kMeansSeeding';
import { areComplete, prepareRows, type RunJob } from '../engine/drive/kMeansRows';
import type { SeedingPasses } from '../engine/drive/seeding';
import type { Rows } from '../engine/model';
import { kMeansJobs, type KMeansExports, type KMeansJob } from '../kernels/kMeansJobs';
import { KMeansKernel } from '../kernels/kMeansKernel';
import type { KMeansMemory } from '../kernels/kMeansLayout';
import { allocateKMeans } from '../kernels/kMeansMemory';
import { viewRows, type SharedRows } from './sharedRows';
import { allocateJobs, SharedJobs } from './sharedJobs';

/** What the k-means runs of a fit share: posted to every thread. */
export interface KMeansTask {
  readonly place: KMeansMemory;
  /** Null: each thread has a run of its own. */
  readonly jobs: SharedArrayBuffer | null;
}

/** Below this many multiplications a pass a second thread costs more than it brings. Measured. */
const leastWork = 1.6e7;

/** Fewer pieces of sums are added up before another thread has woken. By eye. */
const leastPieces = 8;

/** Memory for the k-means runs of a fit; null where there is none: the plain E-step works without. */
export function allocateSharedKMeans(
  shared: SharedRows,
  k: number,
  threads: number,
  sharesSteps: boolean,
): KMeansTask | null {
  const rows = viewRows(shared);
  if (rows.hasMissing === true) return null;
  const place = allocateKMeans(shared.memory, rows, k, sharesSteps ? 1 : threads, threads);
  return place && { place, jobs: sharesSteps ? allocateJobs() : null };
}

/** A thread's share in the k-means runs of a fit. */
export class SharedKMeans {
  private readonly kernel: KMeansKernel;
  private readonly jobs: SharedJobs | null;

  constructor(
    module: WebAssembly.Module,
    { place, jobs }: KMeansTask,
    thread: number,
    private readonly isCancelled: () => boolean,
  ) {
    const { exports } = new WebAssembly.Instance(module, { env: { memory: place.memory } });
    const run = jobs === null ? thread : 0;
    this.kernel = new KMeansKernel(exports as unknown as KMeansExports, place, { run, thread });
    const perform = (job: number, piece: number): void => this.kernel.perform(kMeansJobs[job], piece);
    this.jobs = jobs && new SharedJobs(jobs, perform, isCancelled);
  }

  /**
   * The E-step as the lead, or a thread with a run of its own, runs it. `plain` takes rows with missing cells; `wake`
   * calls the others to `help`.
   */
  eStep(plain: EStep, wake: () => void): EStep {
    return kMeansEStep(this.kernel, (job, pieces) => this.run(job, pieces, wake), this.isCancelled, plain);
  }

  /** Passes of a seeding; null for rows with missing cells, or when cancelled. `wake`: as for `eStep`. */
  seeding(rows: Rows, wake: () => void): SeedingPasses | null {
    const runJob: RunJob = (job, pieces) => this.run(job, pieces, wake);
    const squares = prepareRows(this.kernel, 'seeding', runJob, this.isCancelled);
    return squares !== null && areComplete(squares) ? kMeansSeeding(this.kernel, rows, runJob) : null;
  }

  /** Helps the lead with its present job. */
  help(): void {
    this.jobs?.help();
  }

  private run(job: KMeansJob, pieces: number, wake: () => void): boolean {
    if (this.jobs !== null && this.isWorthSharing(job, pieces)) {
      return this.jobs.run(kMeansJobs.indexOf(job), pieces, wake);
    }
    for (let piece = 0; piece < pieces; piece++) {
      if (this.isCancelled()) return false;
      this.kernel.perform(job, piece);
    }
    return true;
  }

  private isWorthSharing(job: KMeansJob, pieces: number): boolean {
    const { n, d, k } = this.kernel.place;
    return job === 'totals' ? pieces >= leastPieces : pieces > 1 && n * (d + 6) * k >= leastWork;
  }
}
