import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ModelSpecification } from '../../shared/model';
import type { Start } from '../../shared/fit';
import { numberFeatures } from '../../electron/engine/featureSpace';
import { createRandom } from '../../electron/engine/numeric/random';
import { ThreadPool } from '../../electron/threads/pool';
import { runRestarts } from '../../electron/threads/restarts';
import { allocateRows, viewRows } from '../../electron/threads/sharedRows';
import { blobs } from './benchData';
import { scalingChart, type Panel } from './scalingChart';
import { gaussian } from './sets/gaussian';

// npm run bench -- --scaling: how the time of one iteration grows with rows, features, clusters and threads. Writes
// docs/scaling.svg, and docs/scaling.md with the figures.

interface Case {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly threads: number;
}
const most = availableParallelism();
const base: Case = { n: 100_000, d: 8, k: 8, threads: most };
const series: Record<keyof Case, readonly number[]> = {
  n: [1000, 10_000, 100_000, 1_000_000],
  d: [2, 4, 8, 16, 32, 64],
  k: [2, 4, 8, 16, 32, 64],
  threads: Array.from({ length: Math.log2(most) + 1 }, (_, i) => 2 ** i),
};
const titles: Record<keyof Case, string> = {
  n: 'rows',
  d: 'features',
  k: 'clusters',
  threads: 'threads',
};
const families: Record<string, (k: number) => ModelSpecification> = {
  'k-means': (components) => ({ family: 'kmeans', components }),
  'Gaussian, diagonal': (k) => gaussian('VVI', k, 1e-6),
  'Gaussian, full': (k) => gaussian('VVV', k, 1e-6),
};
const iterations = 8;
const repetitions = 3;

/** Less than this cannot be told from nothing. */
const leastMs = 0.01;

const panels: Panel[] = [];
for (const [axis, values] of Object.entries(series) as [keyof Case, readonly number[]][]) {
  const lines: Panel['lines'][number][] = [];
  for (const [name, model] of Object.entries(families)) {
    const points: [number, number][] = [];
    for (const value of values) points.push([value, await millisecondsOf({ ...base, [axis]: value }, model)]);
    lines.push({ name, points });
    process.stdout.write(
      `${titles[axis]}, ${name}: ${points.map(([x, y]) => `${x}: ${y.toFixed(2)}`).join(', ')}\n`,
    );
  }
  panels.push({ title: titles[axis], lines });
}
const folder = path.join(process.cwd(), 'docs');
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'scaling.svg'), scalingChart(panels));
writeFileSync(path.join(folder, 'scaling.md'), describe(panels));

interface Timed {
  readonly elapsedMs: number;
  readonly iterations: number;
}

/** Milliseconds of one iteration: the difference of a long and a short run, each the quickest of some. */
async function millisecondsOf({ n, d, k, threads }: Case, model: (k: number) => ModelSpecification) {
  const { x, centres } = blobs({
    ...{ name: 'scaling', n, d, groups: 2 * k, k, seed: 1 },
    ...{ spread: 3, isSheared: false },
  }).make(createRandom(1, 'scaling', n, d, k));
  const rows = allocateRows(n, d);
  viewRows(rows).x.set(x);
  const start: Start = {
    centres: Array.from({ length: k }, (_, j) => [...centres.subarray(j * d, (j + 1) * d)]),
  };
  const pool = new ThreadPool(pathToFileURL(path.join(process.cwd(), 'out/main/worker.js')), threads);
  const nobody = { onPoints: () => undefined, onOutcome: () => undefined, onShortRun: () => undefined };
  const timed = async (maxIterations: number): Promise<Timed> => {
    const run = { tolerance: 0, maxIterations, restarts: 1, seed: 1 };
    const began = performance.now();
    const request = { rows, model: model(k), space: numberFeatures(d), start, run };
    const { outcomes } = await runRestarts(pool, request, nobody, new AbortController().signal);
    return { elapsedMs: performance.now() - began, iterations: outcomes.get(0)?.iterations ?? 0 };
  };
  await timed(1 + iterations);
  const short: Timed[] = [];
  const long: Timed[] = [];
  for (let i = 0; i < repetitions; i++) {
    short.push(await timed(1));
    long.push(await timed(1 + iterations));
  }
  await pool.close();
  const least = (runs: readonly Timed[]): number => Math.min(...runs.map(({ elapsedMs }) => elapsedMs));
  const done = long[0].iterations - short[0].iterations;
  return Math.max(leastMs, (least(long) - least(short)) / done);
}

function describe(panels: readonly Panel[]): string {
  const tables = panels.map(({ title, lines }) => {
    const values = lines[0].points.map(([x]) => x);
    const head = `| ${title} | ${values.join(' | ')} |\n| --- |${' ---: |'.repeat(values.length)}`;
    const body = lines.map(
      ({ name, points }) => `| ${name} | ${points.map(([, y]) => y.toPrecision(3)).join(' | ')} |`,
    );
    return [head, ...body].join('\n');
  });
  return [
    '# What an iteration costs',
    '![Milliseconds of an iteration against rows, features, clusters and threads](scaling.svg)',
    `Milliseconds of one iteration of a fit by the program's own threads. Where a table does not say otherwise: ` +
      `${base.n} rows, ${base.d} features, ${base.k} clusters, ${base.threads} threads. Data: overlapping blobs, ` +
      `twice as many as clusters. Each figure is the difference of a run of ${1 + iterations} iterations ` +
      `and one of a single iteration, each the quickest of ${repetitions}, after a first run that is not counted. k-means gets cheaper while it ` +
      `converges; these are its first ${1 + iterations} iterations.`,
    `Taken on ${cpus()[0].model} with ${most} processors, Node ${process.versions.node}, by ` +
      '`npm run bench -- --scaling`.',
    ...tables,
  ]
    .join('\n\n')
    .concat('\n');
}
