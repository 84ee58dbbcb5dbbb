import { readFileSync } from 'node:fs';
import path from 'node:path';
import { serialEStep } from '../../electron/engine/drive/eStep';
import { kMeansEStep } from '../../electron/engine/drive/kMeansEStep';
import { prepareRows, type RunJob } from '../../electron/engine/drive/kMeansRows';
import { kMeansSeeding } from '../../electron/engine/drive/kMeansSeeding';
import type { Restart } from '../../electron/engine/drive/restarts';
import type { Rows } from '../../electron/engine/model';
import type { KMeansExports } from '../../electron/kernels/kMeansJobs';
import { KMeansKernel } from '../../electron/kernels/kMeansKernel';
import type { PassKind } from '../../electron/kernels/kMeansLayout';
import { allocateKMeans } from '../../electron/kernels/kMeansMemory';
import { allocateRows, viewRows } from '../../electron/threads/sharedRows';

/** The builds of the kernels that this machine can run. */
export const builds = ['simd', 'relaxedSimd']
  .map((name) => ({
    name,
    bytes: readFileSync(path.resolve(import.meta.dirname, `../../out/kernels/${name}.wasm`)),
  }))
  .filter(({ bytes }) => WebAssembly.validate(bytes))
  .map(({ name, bytes }) => ({ name, module: new WebAssembly.Module(bytes) }));

/** A copy of the rows in a memory, and a k-means over it. */
export function kMeansOn(module: WebAssembly.Module, given: Rows, k: number, passes: PassKind = 'tiles') {
  const shared = allocateRows(given.n, given.d, { hasWeight: given.weight !== undefined });
  const rows = viewRows(shared);
  rows.x.set(given.x);
  if (given.weight) rows.weight?.set(given.weight);
  const place = allocateKMeans(shared.memory, rows, k, 1, 1, passes);
  if (place === null) throw new Error('no memory');
  const { exports } = new WebAssembly.Instance(module, { env: { memory: shared.memory } });
  return {
    rows,
    kernel: new KMeansKernel(exports as unknown as KMeansExports, place, { run: 0, thread: 0 }),
  };
}

/** All pieces on this thread, from the last to the first: their order must not matter. */
export const backwards =
  (kernel: KMeansKernel): RunJob =>
  (job, pieces) => {
    for (let piece = pieces - 1; piece >= 0; piece--) kernel.perform(job, piece);
    return true;
  };

/** What a run of k-means runs on when it is on a build of the kernels; rows are complete. */
export function kMeansRunOn(
  module: WebAssembly.Module,
  given: Rows,
  k: number,
): Pick<Restart, 'eStepOf' | 'seeding'> {
  const { rows, kernel } = kMeansOn(module, given, k);
  const runJob = backwards(kernel);
  const never = () => false;
  prepareRows(kernel, 'seeding', runJob, never);
  return {
    eStepOf: (model) => kMeansEStep(kernel, runJob, never, serialEStep(model, rows, never)),
    seeding: () => kMeansSeeding(kernel, rows, runJob),
  };
}
