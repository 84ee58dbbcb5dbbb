import { totalmem } from 'node:os';
import path from 'node:path';
import type { CallEvent } from '../../../../shared/contract/messages';
import type { Failure } from '../../../../shared/failure';
import type { BatchExtra, BatchPalette, BatchRow, BatchSummary } from '../../../../shared/image/batch';
import type { FrameChoice } from '../../../../shared/image/frames';
import type { PaintingFormat } from '../../../../shared/image/painting';
import type { PictureScale } from '../../../../shared/image/pictureScale';
import type { Colour, QuantisationSpecification } from '../../../../shared/image/quantisation';
import type { SegmentationSettings } from '../../../../shared/image/segmentation';
import { failed, map, ok, type Result } from '../../../../shared/result';
import { writeNew } from '../../../files/writeWhole';
import { endsOfExtra } from '../../../pictures/encodeExtras';
import type { PictureThreads } from '../../../pictures/pictureThreads';
import type { QuantisedFile } from '../../../pictures/quantiseFile';
import type { BatchFile } from './batchFiles';
import { FreeNames } from './freeNames';
import { orBug } from './orBug';
import { runBounded, type Bounds } from './runBounded';
import { sharedPalette } from './sharedPalette';
import { writeSummary } from './writeSummary';

/** What is made of pictures, and where. */
export interface BatchRequest {
  readonly files: readonly BatchFile[];
  /** The folder of results. */
  readonly into: string;
  /** Of files that hold several pictures. */
  readonly frame: FrameChoice;
  readonly specification: QuantisationSpecification;
  readonly palette: BatchPalette;
  readonly format: PaintingFormat;
  readonly extras: readonly BatchExtra[];
  readonly segments: SegmentationSettings;
  readonly scale: PictureScale | null;
}

export interface BatchRun {
  readonly signal: AbortSignal;
  readonly emit: (event: CallEvent<'folder.quantise'>) => void;
}

/** A picture and what the names of everything that is written of it begin with. */
interface Task {
  readonly at: number;
  readonly file: BatchFile;
  readonly stem: string;
}

const endOf: Readonly<Record<PaintingFormat, string>> = {
  png: '.png',
  fullPng: '.png',
  gif: '.gif',
  webp: '.webp',
};

/** Bytes a pixel that work on a picture takes at most: as PNG 21 at 12 megapixels, 15 at 40. Measured, with some room. */
const bytesPerPixel = 32;

/** Pictures may take this share of the machine's memory. By eye. */
const shareOfMemory = 1 / 4;

/**
 * Quantises pictures on all threads and writes them under names that are free, which are given in the order of the files,
 * so that nothing depends on which is ready first. Cancelled, it keeps what is written.
 */
export async function runBatch(
  request: BatchRequest,
  threads: Pick<PictureThreads, 'run' | 'threads'>,
  run: BatchRun,
): Promise<Result<BatchSummary, Failure>> {
  const { files, frame, specification, palette, format } = request;
  const contradiction = contradictionIn(specification, palette);
  if (contradiction !== null) return failed(contradiction);
  const free = await FreeNames.of(request.into);
  if (!free.ok) return free;
  const ends = [endOf[format], ...request.extras.flatMap(endsOfExtra)];
  const tasks = files.map((file, at): Task => {
    return { at, file, stem: free.value.take(path.parse(file.name).name, ends) };
  });

  const rows = new Map<number, BatchRow>();
  const settle = (at: number, row: BatchRow): void => {
    rows.set(at, row);
    run.emit({ kind: 'row', row, done: rows.size, total: files.length });
  };
  const bounds = boundsOf(threads, frame, run.signal);
  let colours: readonly Colour[] | null = palette.kind === 'given' ? palette.colours : null;
  if (palette.kind === 'shared') {
    const found = await sharedPalette(tasks, { specification, frame }, threads, bounds, {
      signal: run.signal,
      onCounted: (done) => run.emit({ kind: 'counted', done, total: files.length }),
      onFailed: ({ at, file }, failure) => settle(at, { kind: 'failed', file: file.name, failure }),
    });
    if (!found.ok) return found;
    colours = found.value;
  }
  const { extras, segments, scale } = request;
  const names = palette.kind === 'given' ? palette.names : [];
  const job = { frame, specification, colours, names, format, extras, segments, scale };
  await runBounded(
    tasks.filter(({ at }) => !rows.has(at)),
    bounds,
    async (task) => {
      run.emit({ kind: 'started', file: task.file.name, total: files.length });
      const body = { path: task.file.path, ...job };
      const made = await orBug(threads.run('long', 'quantiseFile', body, { signal: run.signal }));
      const row = made.ok ? await writeFiles(request.into, task, format, made.value) : made;
      if (row.ok) settle(task.at, row.value);
      else if (row.failure.kind !== 'cancelled')
        settle(task.at, { kind: 'failed', file: task.file.name, failure: row.failure });
    },
    run.signal,
  );

  if (rows.size === 0) return failed({ kind: 'cancelled' });
  const inOrder = tasks.flatMap(({ at }) => rows.get(at) ?? []);
  const written = await writeSummary(request.into, free.value, inOrder);
  return map(written, (summaryFile) => ({
    rows: inOrder,
    isComplete: rows.size === files.length,
    summaryFile,
    format,
  }));
}

/** As many pictures as there are threads and memory for, by what their headers say. */
const boundsOf = (
  threads: Pick<PictureThreads, 'run' | 'threads'>,
  frame: FrameChoice,
  signal: AbortSignal,
): Bounds<{ readonly file: BatchFile }> => ({
  atOnce: threads.threads,
  budget: (totalmem() * shareOfMemory) / bytesPerPixel,
  async costOf({ file }) {
    const pixels = await orBug(threads.run('long', 'pixelsOfFile', { path: file.path, frame }, { signal }));
    // What does not tell goes alone.
    return pixels.ok ? (pixels.value ?? Infinity) : 0;
  },
});

/** What is asked of all pictures together, and cannot be. */
function contradictionIn(
  { goal, method, spatialWeight }: QuantisationSpecification,
  { kind }: BatchPalette,
): Failure | null {
  if (kind === 'own' && method === 'gaussian' && spatialWeight > 0) return { kind: 'mixtureOfPlaces' };
  if (kind !== 'shared') return null;
  if (goal.kind !== 'count') return { kind: 'notForAll', what: 'goal' };
  if (spatialWeight > 0) return { kind: 'notForAll', what: 'places' };
  return method === 'gaussian' ? { kind: 'notForAll', what: 'mixture' } : null;
}

/**
 * Writes what was made of a picture. Here and not on its thread, which may be ended in the middle; to the end, for it takes
 * no time, and a picture is then listed or not there.
 */
async function writeFiles(
  folder: string,
  { file, stem }: Task,
  format: PaintingFormat,
  made: QuantisedFile,
): Promise<Result<BatchRow, Failure>> {
  const files = [{ end: endOf[format], bytes: made.file }, ...made.extras];
  for (const { end, bytes } of files) {
    const written = await writeNew(path.join(folder, stem + end), [bytes]);
    if (!written.ok) return written;
  }
  const [written, ...beside] = files.map(({ end }) => stem + end);
  const { bytes: bytesAfter, quality, distortion } = made.measures;
  return ok({
    kind: 'done',
    file: file.name,
    written,
    extras: beside,
    width: made.width,
    height: made.height,
    frames: made.frames,
    framesInFile: made.framesInFile,
    colours: made.measures.colours,
    bytesBefore: made.bytesBefore,
    bytesAfter,
    quality,
    distortion,
    isGoalReached: made.isGoalReached,
  });
}
