import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ensureData } from './benchData';
import type { BenchmarkSet, Peer } from './benchmarkSet';
import { compare, objection, rooflineShare, type Ceilings, type Comparison } from './comparison';
import { Contender, type Timing } from './contender';
import { benchImages } from './images/benchImages';
import { benchImports } from './imports/benchImports';
import { benchMissing } from './missing/benchMissing';
import { benchSelection } from './selection/benchSelection';
import { benchmarkSets } from './sets';

// npm run bench -- [--rounds=5] [names of sets, or what they begin with]. `--ours=`, from the script that starts us:
// command line, as JSON, that runs a script of our side. Environment: MIXTURA_BENCH_NODE, a Node to run our side and
// PapaParse in instead of this one.
const root = process.cwd();
const built = import.meta.dirname;
const dataFolder = path.join(root, 'out/bench/data');
const threads = availableParallelism();
const node = process.env['MIXTURA_BENCH_NODE'] ?? process.execPath;

/** Fits of ours before the first that counts, and how long they take together: V8 reaches its speed, memory is touched. */
const fewestWarmUps = 2;
const warmUpSeconds = 1;

/** Between two fits: threads of a peer's BLAS look for work for tens of milliseconds before they sleep. */
const settleMs = 100;

const args = process.argv.slice(2);
const rounds = Number(args.find((arg) => arg.startsWith('--rounds='))?.slice('--rounds='.length) ?? 5);
const given = args.find((arg) => arg.startsWith('--ours='))?.slice('--ours='.length);
const oursIn: readonly string[] = given === undefined ? [node] : JSON.parse(given);
const names = args.filter((arg) => !arg.startsWith('--'));
const isChosen = (name: string): boolean => names.length === 0 || names.some((n) => name.startsWith(n));
const chosen = benchmarkSets.filter(({ name }) => isChosen(name));

const ceilings = await measureCeilings();
print(
  `${threads} threads of this machine: ${giga(ceilings.multiplyAddsPerSecond)} G multiply-adds a second, ` +
    `${giga(ceilings.bytesPerSecond)} GB a second read; ours runs in ${oursIn[0]}`,
);
let failures = 0;
for (const set of chosen) {
  const line = await runSet(set);
  if (line.isFailure) failures++;
  print(line.text);
}
const fitWorker = path.join(root, 'out/main/worker.js');
for await (const text of benchMissing(isChosen, rounds, {
  built,
  dataFolder,
  worker: fitWorker,
  oursIn,
  threads,
}))
  print(text);
const importWorker = path.join(root, 'out/main/importWorker.js');
const places = { built, dataFolder, worker: importWorker, oursIn, node };
for await (const line of benchImports(isChosen, rounds, places)) {
  if (line.isFailure) failures++;
  print(line.text);
}
for await (const text of benchSelection(isChosen, { root, built, oursIn, threads })) print(text);
for await (const text of benchImages(isChosen, rounds, { root, built, dataFolder, oursIn })) print(text);
process.exitCode = failures > 0 ? 1 : 0;

async function runSet(set: BenchmarkSet): Promise<{ text: string; isFailure: boolean }> {
  ensureData(dataFolder, set.data);
  const peer = await bestPeer(set);
  if (peer.contender === null)
    return {
      text: `${set.name}: skipped, ${set.peer.program} does not run here (${peer.reason})`,
      isFailure: false,
    };
  const worker = path.join(root, 'out/main/worker.js');
  const entry = path.join(built, 'ours.js');
  const us = await Contender.start([...oursIn, entry, set.name, dataFolder, worker, String(threads)]);
  if (us.contender === null) {
    peer.contender.end();
    return { text: `${set.name}: ours does not run (${us.reason})`, isFailure: true };
  }
  const ours: Timing[] = [];
  const theirs: Timing[] = [];
  const warmUps: number[] = [];
  while (warmUps.length < fewestWarmUps || warmUps.reduce((sum, took) => sum + took) < warmUpSeconds)
    warmUps.push((await us.contender.fit()).seconds);
  for (let round = 0; round < rounds; round++) {
    await setTimeout(settleMs);
    ours.push(await us.contender.fit());
    await setTimeout(settleMs);
    theirs.push(await peer.contender.fit());
  }
  us.contender.end();
  peer.contender.end();
  const found = compare(ours, theirs);
  const problem = objection(set, found);
  const who = `${peer.about}, ${peer.threads} threads`;
  return { text: report(set, found, warmUps[0], problem, who), isFailure: problem !== null };
}

/** The peer with the number of threads that suits it best: more are not always faster. */
async function bestPeer(set: BenchmarkSet) {
  const tried = [];
  for (const count of threads === 1 ? [1] : [1, threads]) {
    const started = await Contender.start(peerCommand(set.peer, set, count));
    if (started.contender === null) return started;
    await started.contender.fit();
    const { seconds } = await started.contender.fit();
    tried.push({ ...started, threads: count, seconds });
  }
  tried.sort((a, b) => a.seconds - b.seconds);
  for (const slower of tried.slice(1)) slower.contender.end();
  return tried[0];
}

function peerCommand({ program, kind }: Peer, { data, iterations }: BenchmarkSet, count: number): string[] {
  const script = path.join(root, 'test/bench/peers', program);
  const shape = [data.name, data.n, data.d, data.k, iterations, count].map(String);
  // Debian's own Python has Debian's scikit-learn, whatever else comes first on the path.
  const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
  const command = program.endsWith('.R') ? 'Rscript' : python;
  return [command, script, kind, dataFolder, ...shape];
}

/** Measures what all threads can do at the same time. */
async function measureCeilings(): Promise<Ceilings> {
  const entry = path.join(built, 'ceilings.js');
  const started = await Promise.all(
    Array.from({ length: threads }, () => Contender.start([node, entry, path.join(built, 'ceilings.wasm')])),
  );
  const found = await Promise.all(
    started.map(async (one) => {
      if (one.contender === null) throw new Error(`The ceilings cannot be measured: ${one.reason}`);
      const result = (await one.contender.fit()) as unknown as Ceilings;
      one.contender.end();
      return result;
    }),
  );
  return {
    multiplyAddsPerSecond: found.reduce((sum, one) => sum + one.multiplyAddsPerSecond, 0),
    bytesPerSecond: found.reduce((sum, one) => sum + one.bytesPerSecond, 0),
  };
}

function report(
  set: BenchmarkSet,
  found: Comparison,
  firstSeconds: number,
  problem: string | null,
  who: string,
): string {
  const { ratio } = found;
  return [
    `${set.name.padEnd(14)} ${ratio.median.toFixed(2).padStart(6)}x (${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)})`,
    `cpu ${found.cpuRatio.toFixed(2)}x`,
    `gate ${set.gate} hope ${set.ambitious}`,
    `ours ${milliseconds(found.ourSeconds)} (the first ${milliseconds(firstSeconds)}) peer ${milliseconds(found.peerSeconds)}`,
    `roofline ${(100 * rooflineShare(set, found.ourSeconds, ceilings)).toFixed(0)} %`,
    `peak ${megabytes(found.peakBytes.ours)} peer ${megabytes(found.peakBytes.peer)}`,
    `scores differ ${found.difference.toExponential(0)}`,
    problem === null ? (ratio.median >= set.ambitious ? 'HOPE' : 'ok') : `FAILS: ${problem}`,
    who,
  ].join(' | ');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function giga(value: number): string {
  return (value / 1e9).toFixed(1);
}

function milliseconds(seconds: number): string {
  return `${(1000 * seconds).toFixed(0)} ms`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`;
}
