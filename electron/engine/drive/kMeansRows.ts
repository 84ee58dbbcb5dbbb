import type { KMeansJob } from '../../kernels/kMeansJobs';
import type { KMeansKernel, LongNumber } from '../../kernels/kMeansKernel';
import { LongSum } from '../numeric/longSum';

/** Does all pieces of a job, on one thread or many; false when it was cancelled. */
export type RunJob = (job: KMeansJob, pieces: number) => boolean;

/**
 * Has the rows copied as passes, or a seeding, read them, unless they have been. Returns the weighted sum of their
 * squared lengths about zero, in parts; null when cancelled.
 */
export function prepareRows(
  kernel: KMeansKernel,
  purpose: 'passes' | 'seeding',
  runJob: RunJob,
  isCancelled: () => boolean,
): readonly LongNumber[] | null {
  kernel.begin();
  for (const job of kernel.preparation(purpose)) {
    if (!(runJob(job, kernel.pieces(job)) && kernel.awaitJob(job, isCancelled))) return null;
  }
  return kernel.squares(purpose);
}

/** The sum of parts, rounded once. */
export function sumOf(parts: readonly LongNumber[]): number {
  const sum = new LongSum();
  for (const { high, low } of parts) {
    sum.add(high);
    sum.add(low);
  }
  return sum.value;
}

/** Whether all cells were numbers: a missing one has made the sum of squares NaN. */
export const areComplete = (squares: readonly LongNumber[]): boolean => Number.isFinite(sumOf(squares));
