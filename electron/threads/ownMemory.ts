import type { KMeansPasses } from '../engine/selection/fitBest';
import { placePlainly } from '../engine/selection/part';
import { plainWorkplace, type Workplace } from '../engine/selection/workplace';
import { allocateKMeans } from '../kernels/kMeansMemory';
import { Arena } from '../kernels/memory';
import { createReferenceKernels } from '../kernels/reference';
import { createSimdKernels } from '../kernels/simd';
import { SharedKMeans } from './sharedKMeans';
import { allocateRows, viewRows } from './sharedRows';

/** The largest part there will be, and the most clusters. */
export interface Largest {
  readonly n: number;
  readonly d: number;
  readonly components: number;
}

/**
 * A workplace that one thread has to itself: the rows of a part, the scratch of the kernels and what k-means keeps lie
 * in one memory, which every part uses again. `module` null: plain kernels and arrays.
 */
export function ownWorkplace(
  module: WebAssembly.Module | null,
  largest: Largest,
  isCancelled: () => boolean,
): Workplace {
  if (module === null) return plainWorkplace(createReferenceKernels());
  const all = { hasWeight: true, hasLabel: true, hasMissing: false };
  const { memory } = allocateRows(largest.n, largest.d, all);
  let hasRoom = false;

  /** Room for k-means, at first for the largest, so that it is found again by all. */
  const placeKMeans: typeof allocateKMeans = (...given) => {
    if (!hasRoom) allocateKMeans(memory, viewRows({ memory, ...largest, ...all }), largest.components, 1, 1);
    hasRoom = true;
    return allocateKMeans(...given);
  };

  return {
    kernels: createSimdKernels(module, new Arena(memory)),
    // New views each time: kernels keep what they derive from rows by their array.
    place: (n, d, contents) =>
      n * d <= largest.n * largest.d && n <= largest.n
        ? viewRows({ memory, n, d, ...contents })
        : placePlainly(n, d, contents),
    kMeansPasses(rows, components): KMeansPasses | null {
      if (rows.hasMissing === true) return null;
      let passes: SharedKMeans | null | undefined;
      const made = (): SharedKMeans | null => {
        if (passes === undefined) {
          const place = placeKMeans(memory, rows, components, 1, 1);
          passes = place && new SharedKMeans(module, { place, jobs: null }, 0, isCancelled);
        }
        return passes;
      };
      const nobody = (): void => undefined;
      return {
        eStep: (plain) => made()?.eStep(plain, nobody) ?? plain,
        seeding: () => made()?.seeding(rows, nobody) ?? null,
      };
    },
  };
}
