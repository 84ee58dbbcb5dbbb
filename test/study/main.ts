import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { loadKernelModule } from '../../electron/threads/kernelModule';
import { reportOf } from './report';
import { reportText } from './reportText';
import type { StudiedSet } from './rules';
import { scenarios } from './scenarios';
import { setOfText, textOfSet } from './setText';
import { studySize } from './studySet';
import type { StudyTask } from './studyWorker';

// npm run study -- [--sets=100] [--tests=20] [--threads=2] [scenarios]. Sets that are done already are kept.
const root = process.cwd();
const args = process.argv.slice(2);
const option = (name: string, otherwise: number): number =>
  Number(args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise);
const sets = option('sets', 100);
/** The last so many of each scenario have a bootstrap test, which costs more than all the others together. */
const tests = option('tests', 20);
const threads = option('threads', availableParallelism());
const names = args.filter((arg) => !arg.startsWith('--'));
const chosen = scenarios.filter(({ name }) => names.length === 0 || names.includes(name));

const file = path.join(root, 'out/study/sets.jsonl');
mkdirSync(path.dirname(file), { recursive: true });
const keyOf = ({ scenario, set }: { scenario: string; set: number }): string => `${scenario} ${set}`;
const done = new Map<string, StudiedSet>(readSets().map((result) => [keyOf(result), result]));

// A set of every scenario in turn, so that a study that was stopped early says something of all.
const waiting: StudyTask[] = Array.from({ length: sets }, (_, set) =>
  chosen.map(({ name }) => ({
    scenario: name,
    set,
    size: set >= sets - tests ? studySize : { ...studySize, replicates: null },
  })),
)
  .flat()
  .filter((task) => !done.has(keyOf(task)));

const kernels = loadKernelModule(pathToFileURL(path.join(root, 'out/kernels/')));
if (kernels === null) throw new Error('This Node cannot run the compiled kernels.');
const all = waiting.length;
await Promise.all(Array.from({ length: threads }, () => runThread()));
writeReport();

/** Takes sets until none is left. */
function runThread(): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(import.meta.dirname, 'studyWorker.js'), { workerData: { kernels } });
    const next = (): void => {
      const task = waiting.shift();
      if (task === undefined) void worker.terminate().then(() => resolve());
      else worker.postMessage(task);
    };
    worker.on('message', (result: StudiedSet) => {
      done.set(keyOf(result), result);
      appendFileSync(file, `${textOfSet(result)}\n`);
      const count = all - waiting.length;
      if (count % 50 === 0) process.stdout.write(`${count} of ${all} sets\n`);
      next();
    });
    worker.on('error', reject);
    next();
  });
}

/** A line that was cut off when the study was stopped is done again. */
function readSets(): StudiedSet[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.slice(0, -1).map(setOfText);
}

function writeReport(): void {
  const results = [...done.values()].sort((a, b) => a.set - b.set);
  const report = reportOf(results, scenarios);
  writeFileSync(path.join(root, 'docs/selection-study.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(path.join(root, 'docs/selection-study.md'), reportText(report, studySize));
}
