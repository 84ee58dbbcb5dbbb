import path from 'node:path';
import { compare } from '../comparison';
import { Contender, type Timing } from '../contender';
import { ensureImportFile, importFiles, type ImportFile } from './importFile';

/** Our time over that of bare PapaParse, at most. */
const gate = 1.3;

/** On a busy machine a release allows so much more. */
const leniency = 1.25;

/** Imports before the first that counts, so that the file is in memory. */
const warmUps = 1;

export interface BenchPlaces {
  /** Where the bundled contenders lie. */
  readonly built: string;
  readonly dataFolder: string;
  /** The built importWorker script. */
  readonly worker: string;
  /** Command line that runs a script of ours. */
  readonly oursIn: readonly string[];
  /** The Node that runs PapaParse. */
  readonly node: string;
}

/**
 * Imports each file in turn with bare PapaParse and with our import, as pairs in one run. Answers lines to print, and
 * whether one is a failure.
 */
export async function* benchImports(
  isChosen: (name: string) => boolean,
  rounds: number,
  places: BenchPlaces,
): AsyncGenerator<{ text: string; isFailure: boolean }> {
  for (const file of importFiles) if (isChosen(file.name)) yield await benchImport(file, rounds, places);
}

async function benchImport(
  file: ImportFile,
  rounds: number,
  { built, dataFolder, worker, oursIn, node }: BenchPlaces,
): Promise<{ text: string; isFailure: boolean }> {
  const csv = ensureImportFile(dataFolder, file);
  const timings = { ours: [] as Timing[], peer: [] as Timing[] };
  for (let round = -warmUps; round < rounds; round++) {
    const ours = await importOnce([...oursIn, path.join(built, 'importOurs.js'), csv, worker]);
    const peer = await importOnce([node, path.join(built, 'importPapaParse.js'), csv]);
    if (round < 0) continue;
    timings.ours.push(ours);
    timings.peer.push(peer);
  }
  const found = compare(timings.ours, timings.peer);
  const slowness = 1 / found.ratio.median;
  const problem =
    found.difference !== 0 ? 'other rows' : slowness > leniency * gate ? `above the gate of ${gate}` : null;
  const text = [
    `${file.name.padEnd(14)} ${slowness.toFixed(2)} of PapaParse's time (${(1 / found.ratio.most).toFixed(2)} to ${(1 / found.ratio.least).toFixed(2)})`,
    `cpu ${(1 / found.cpuRatio).toFixed(2)}`,
    `gate ${gate}`,
    `ours ${(1000 * found.ourSeconds).toFixed(0)} ms peer ${(1000 * found.peerSeconds).toFixed(0)} ms`,
    `peak ${(found.peakBytes.ours / 2 ** 20).toFixed(0)} MB peer ${(found.peakBytes.peer / 2 ** 20).toFixed(0)} MB`,
    problem === null ? (slowness <= gate ? 'ok' : 'over the gate, forgiven as noise') : `FAILS: ${problem}`,
  ].join(' | ');
  return { text, isFailure: problem !== null };
}

/** Imports in a process of its own, as a person opens one file; nothing is compiled or left over from another. */
async function importOnce(command: readonly string[]): Promise<Timing> {
  const started = await Contender.start(command);
  if (started.contender === null) throw new Error(`an import does not run: ${started.reason}`);
  const timing = await started.contender.fit();
  started.contender.end();
  return timing;
}
