import type { KMeansJob, KMeansKernel, LongNumber } from '../../kernels/kMeansKernel';
import { LongSum } from '../numeric/longSum';

/** Does all pieces of a job, on one thread or many; false when it was cancelled. */
export type RunJob = (job: KMeansJob, pieces: number) => boolean;

/**
 * Has the rows copied into tiles, unless they have been. Returns the weighted sum of their squared lengths about zero,
 * in parts; null when cancelled.
 */
export function makeTiles(
  kernel: KMeansKernel,
  runJob: RunJob,
  isCancelled: () => boolean,
): readonly LongNumber[] | null {
  if (kernel.begin() && !(runJob('tiles', kernel.pieces('tiles')) && kernel.awaitTiles(isCancelled)))
    return null;
  return kernel.squares();
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
