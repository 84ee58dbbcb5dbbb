import { pathToFileURL } from 'node:url';
import { computeMemberships } from '../../electron/threads/memberships';
import { ThreadPool } from '../../electron/threads/pool';
import { runRestarts } from '../../electron/threads/restarts';
import { allocateRows, viewRows } from '../../electron/threads/sharedRows';
import { readData } from './benchData';
import { orders } from './orders';
import { missingFits } from './missing/missingFits';
import { benchmarkSets } from './sets';

// Our side of the benchmark: the threads and the engine as a fit of the program runs them. Arguments: set, folder of
// the data, built worker script, threads. The protocol is in peers/README.md.
const [name, folder, worker, threads] = process.argv.slice(2);
const set = [...benchmarkSets, ...missingFits].find((known) => known.name === name);
if (!set) throw new Error(`There is no benchmark set ${name}.`);
const { data, model, space } = set;
const shared = allocateRows(data.n, data.d, { hasMissing: data.hasMissing === true });
const rows = readData(folder, data, viewRows(shared).x);
const start = set.start(rows);
const run = { tolerance: 0, maxIterations: set.iterations, restarts: 1, seed: 1, ...set.run };
const pool = new ThreadPool(pathToFileURL(worker), Number(threads));
const nobody = { onPoints: () => undefined, onOutcome: () => undefined, onShortRun: () => undefined };
const { node, v8 } = process.versions;

const say = (message: unknown): void => void process.stdout.write(`${JSON.stringify(message)}\n`);
const kernels = pool.isCompiled ? 'compiled kernels' : 'PLAIN KERNELS';
say({ ready: `ours, Node ${node}, V8 ${v8}, ${kernels}, ${threads} threads` });
for await (const _ of orders()) {
  const began = performance.now();
  const beganCpu = process.cpuUsage();
  const request = { rows: shared, model, space, start, run };
  const { outcomes } = await runRestarts(pool, request, nobody, new AbortController().signal);
  const best = [...outcomes.values()].reduce((a, b) =>
    b.ok && (!a.ok || b.objective > a.objective) ? b : a,
  );
  if (!best.ok) throw new Error(JSON.stringify(best.failure));
  // A run of k-means ends with the labels of all rows in its memory.
  if (model.family !== 'kmeans') await computeMemberships(pool, shared, model, space, best.params);
  const cpu = process.cpuUsage(beganCpu);
  say({
    seconds: (performance.now() - began) / 1000,
    cpu: (cpu.user + cpu.system) / 1e6,
    score: set.score(best, rows),
    iterations: best.iterations,
    peakBytes: 1024 * process.resourceUsage().maxRSS,
  });
}
await pool.close();
