import type { Workplace } from '../engine/selection/workplace';
import { ownWorkplace, type Largest } from '../threads/ownMemory';
import type { JobContext } from './pictureJob';

/** What is this small is kept for the next job: 30 MB. A preview needs no more. */
const largestKept: Largest = { n: 1 << 18, d: 6, components: 256 };

let kept: Workplace | undefined;

/** Asks the job under way. */
let shouldStop = (): boolean => false;

/**
 * Where a job's fits lie and what they run on, in a memory that the next job uses again: a thread does one at a time, and
 * every memory takes gigabytes of addresses.
 */
export function threadWorkplace(
  { kernels, shouldStop: stop }: Pick<JobContext<never>, 'kernels' | 'shouldStop'>,
  largest: Largest,
): Workplace {
  if (largest.n > largestKept.n) return ownWorkplace(kernels, largest, stop);
  shouldStop = stop;
  kept ??= ownWorkplace(kernels, largestKept, () => shouldStop());
  return kept;
}
