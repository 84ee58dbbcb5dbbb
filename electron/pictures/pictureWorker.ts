import { parentPort, workerData } from 'node:worker_threads';
import type { Failure } from '../../shared/failure';
import type { Result } from '../../shared/result';
import { ThreadControl } from '../threads/control';
import type { ThreadData } from '../threads/kernelModule';
import { jobs, type JobMessage, type JobRequest } from './jobs';
import type { PictureJob } from './pictureJob';

// The entry of a picture thread: one job at a time, from beginning to end.
if (!parentPort) throw new Error('Must run as a worker thread.');
const port = parentPort;

const send = (message: JobMessage): void => port.postMessage(message);

const { kernels } = workerData as ThreadData;

port.on('message', (request: JobRequest) => void run(request));

async function run({ job, body, control }: JobRequest): Promise<void> {
  const steering = new ThreadControl(control);
  // The sender's types go with the name; TypeScript cannot follow them through a message.
  const work = jobs[job] as PictureJob<unknown, unknown, unknown>;
  const result: Result<unknown, Failure> = await work(body, {
    kernels,
    shouldStop: () => steering.isCancelled,
    emit: (event) => send({ kind: 'event', event }),
  });
  send({ kind: 'result', result });
}
