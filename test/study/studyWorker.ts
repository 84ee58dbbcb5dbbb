import { parentPort, workerData } from 'node:worker_threads';
import { ownWorkplace } from '../../electron/threads/ownMemory';
import type { Workplace } from '../../electron/engine/selection/workplace';
import { scenarios } from './scenarios';
import { runSet, type StudySize } from './studySet';

/** One set to be done. */
export interface StudyTask {
  readonly scenario: string;
  readonly set: number;
  readonly size: StudySize;
}

if (!parentPort) throw new Error('Must run as a worker thread.');
const port = parentPort;
const { kernels } = workerData as { readonly kernels: WebAssembly.Module };

/** One for each shape of rows: a memory reserves a lot. */
const workplaces = new Map<string, Workplace>();

function workplaceOf(n: number, d: number, components: number): Workplace {
  const key = [n, d, components].join();
  const known = workplaces.get(key);
  if (known) return known;
  const made = ownWorkplace(kernels, { n, d, components }, () => false);
  workplaces.set(key, made);
  return made;
}

port.on('message', ({ scenario: name, set, size }: StudyTask) => {
  const scenario = scenarios.find((one) => one.name === name);
  if (!scenario) throw new Error(`There is no scenario ${name}.`);
  port.postMessage(runSet(scenario, set, size, workplaceOf));
});
