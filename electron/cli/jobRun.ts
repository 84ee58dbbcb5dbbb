import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { connectClient, type Port, type ServiceClient } from '../../shared/contract/port';
import type { Failure } from '../../shared/failure';
import { failureText } from '../../shared/failureText';
import { grantId } from '../../shared/ids';
import { jsonPieces } from '../../shared/jsonPieces';
import { failed, ok, type Result } from '../../shared/result';
import type { ResultFile } from '../../shared/resultFile';
import type { ImportOptions, TableSummary } from '../../shared/table';
import { writeWhole } from '../files/writeWhole';
import { startService, type Service, type ThreadScripts } from '../service/startService';
import type { JobArguments } from './arguments';
import { exitCode, type ExitCode } from './exitCode';
import { ProgressBar } from './progressBar';

export const dataGrant = grantId.parse('job-data');

/** Says what is wrong with a job file. */
export function refuseJob(file: string, failure: Failure): ExitCode {
  process.stderr.write(`${file}: ${failureText(failure)}\n`);
  return exitCode.usage;
}

/** What a command works with. */
export interface CommandContext {
  readonly service: Service;
  readonly client: ServiceClient;
  readonly bar: ProgressBar;
  /** Aborts with Ctrl+C. */
  readonly signal: AbortSignal;
}

/** Does the work of a command through the same contract and the same service as the window. */
export async function withService(
  { threads, isQuiet }: Pick<JobArguments, 'threads' | 'isQuiet'>,
  scripts: ThreadScripts,
  work: (context: CommandContext) => Promise<ExitCode>,
): Promise<ExitCode> {
  const service = startService({ threads: threads ?? availableParallelism(), ...scripts });
  const { port1, port2 } = new MessageChannel();
  service.connect(asPort(port2));
  const bar = new ProgressBar(process.stderr, isQuiet);
  const cancelling = new AbortController();
  const onInterrupt = (): void => cancelling.abort();
  process.once('SIGINT', onInterrupt);
  try {
    return await work({ service, client: connectClient(asPort(port1)), bar, signal: cancelling.signal });
  } finally {
    process.off('SIGINT', onInterrupt);
    port1.close();
    await service.close();
  }
}

/** Does the work of a job and writes what comes of it as JSON. `dataFile`: relative to the job. */
export function runJob(
  args: JobArguments,
  dataFile: string,
  scripts: ThreadScripts,
  work: (client: ServiceClient, bar: ProgressBar, signal: AbortSignal) => Promise<Result<unknown, Failure>>,
): Promise<ExitCode> {
  return withService(args, scripts, async ({ service, client, bar, signal }) => {
    service.grant(dataGrant, { path: path.resolve(path.dirname(args.job), dataFile), access: 'read' });
    const result = await work(client, bar, signal);
    bar.end();
    const written = result.ok ? await writeResult(result.value, args.out) : result;
    if (!written.ok) return refuse(written.failure);
    return signal.aborted ? exitCode.cancelled : exitCode.success;
  });
}

/** Says why something could not be done. */
export function refuse(failure: Failure): ExitCode {
  process.stderr.write(`${failureText(failure)}\n`);
  return failure.kind === 'cancelled' ? exitCode.cancelled : exitCode.failed;
}

/** What computed a result. */
export async function versionsOf(client: ServiceClient): Promise<Result<ResultFile['versions'], Failure>> {
  const about = await client.call('service.about', {});
  return about.ok ? ok({ mixtura: about.value.version, runtime: about.value.runtime }) : about;
}

/** Reads the table of a job. */
export function openTable(
  client: ServiceClient,
  options: ImportOptions,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<Result<TableSummary, Failure>> {
  return client.call(
    'table.open',
    { file: dataGrant, options },
    {
      signal,
      onEvent: (event) => {
        if (event.kind === 'progress') bar.reading(event.bytes, event.totalBytes);
      },
    },
  );
}

/** The content of a JSON file. */
export async function readJson(file: string): Promise<Result<unknown, Failure>> {
  try {
    return ok(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) return failed({ kind: 'badRequest', path: '', problem: error.message });
    return failed({ kind: 'fileMissing', file });
  }
}

/** Writes a result as JSON into a file, or to standard output (null). */
export async function writeResult(result: unknown, out: string | null): Promise<Result<unknown, Failure>> {
  if (out !== null) return writeWhole(path.resolve(out), lines(result));
  for (const piece of lines(result)) {
    if (!process.stdout.write(piece))
      await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
  }
  return ok(null);
}

function* lines(result: unknown): Generator<string> {
  yield* jsonPieces(result);
  yield '\n';
}

function asPort(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
  };
}
