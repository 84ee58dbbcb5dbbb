import type { Failure } from '../../../../shared/failure';
import type { FrameChoice } from '../../../../shared/image/frames';
import type { Colour, QuantisationSpecification } from '../../../../shared/image/quantisation';
import { failed, ok, type Result } from '../../../../shared/result';
import type { ColourHistogram } from '../../../image/colourHistogram';
import type { PictureThreads } from '../../../pictures/pictureThreads';
import type { BatchFile } from './batchFiles';
import { orBug } from './orBug';
import { runBounded, type Bounds } from './runBounded';

interface Counting<T> {
  readonly signal: AbortSignal;
  onCounted(done: number): void;
  onFailed(task: T, failure: Failure): void;
}

/**
 * The palette of all pictures together: k-means of their colours, in which every pixel of every picture counts the same.
 * Colours are held, pictures are not. Counts are whole numbers, so that it does not matter which is ready first.
 */
export async function sharedPalette<T extends { readonly file: BatchFile }>(
  tasks: readonly T[],
  {
    specification,
    frame,
  }: { readonly specification: QuantisationSpecification; readonly frame: FrameChoice },
  threads: Pick<PictureThreads, 'run'>,
  bounds: Bounds<T>,
  { signal, onCounted, onFailed }: Counting<T>,
): Promise<Result<readonly Colour[], Failure>> {
  // As many as are counted at the same time: each takes one up and puts it back with its own colours in it.
  const histograms: ColourHistogram[] = [];
  let done = 0;
  await runBounded(
    tasks,
    bounds,
    async (task) => {
      const before = histograms.pop() ?? null;
      const body = { path: task.file.path, frame, before };
      const counted = await orBug(threads.run('long', 'countColoursOfFile', body, { signal }));
      const after = counted.ok ? counted.value : before;
      if (after !== null) histograms.push(after);
      if (counted.ok) onCounted(++done);
      else if (counted.failure.kind !== 'cancelled') onFailed(task, counted.failure);
    },
    signal,
  );
  if (signal.aborted) return failed({ kind: 'cancelled' });
  // None could be read, so none is painted either.
  if (histograms.length === 0) return ok([]);
  return threads.run('long', 'fitColours', { histograms, specification }, { signal });
}
