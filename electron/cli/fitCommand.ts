import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { badRequest, connectClient, type Port, type ServiceClient } from '../../shared/contract/port';
import type { Failure } from '../../shared/failure';
import { failureText } from '../../shared/failureText';
import { grantId } from '../../shared/ids';
import { jobContradiction, jobFile, jobSpecification, type JobFile } from '../../shared/jobFile';
import { failed, ok, type Result } from '../../shared/result';
import { defaultClusterNames, jsonPieces, resultDocument, type ResultFile } from '../../shared/resultFile';
import { isNumeric } from '../../shared/table';
import { writeWhole } from '../files/writeWhole';
import { startService } from '../service/startService';
import type { FitArguments } from './arguments';
import { exitCode, type ExitCode } from './exitCode';
import { ProgressBar } from './progressBar';

const dataGrant = grantId.parse('job-data');

/** Runs a job file through the same contract and the same service as the window, and writes its result. */
export async function fitCommand(
  args: FitArguments,
  scripts: { worker: URL; importWorker: URL },
): Promise<ExitCode> {
  const job = await readJob(args.job);
  if (!job.ok) {
    process.stderr.write(`${args.job}: ${failureText(job.failure)}\n`);
    return exitCode.usage;
  }
  const service = startService({ threads: args.threads ?? availableParallelism(), ...scripts });
  service.grant(dataGrant, {
    path: path.resolve(path.dirname(args.job), job.value.data.file),
    access: 'read',
  });
  const { port1, port2 } = new MessageChannel();
  service.connect(asPort(port2));
  const bar = new ProgressBar(process.stderr, args.isQuiet);
  const cancelling = new AbortController();
  const onInterrupt = (): void => cancelling.abort();
  process.once('SIGINT', onInterrupt);
  try {
    const result = await runJob(connectClient(asPort(port1)), job.value, bar, cancelling.signal);
    bar.end();
    const written = result.ok ? await writeResult(result.value, args.out) : result;
    if (!written.ok) {
      process.stderr.write(`${failureText(written.failure)}\n`);
      return written.failure.kind === 'cancelled' ? exitCode.cancelled : exitCode.failed;
    }
    return cancelling.signal.aborted ? exitCode.cancelled : exitCode.success;
  } finally {
    process.off('SIGINT', onInterrupt);
    port1.close();
    await service.close();
  }
}

async function readJob(file: string): Promise<Result<JobFile, Failure>> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return failed({ kind: 'badRequest', path: '', problem: error.message });
    return failed({ kind: 'fileMissing', file });
  }
  const job = jobFile.safeParse(content);
  if (!job.success) return failed(badRequest(job.error));
  const contradiction = jobContradiction(job.data);
  return contradiction ? failed({ kind: 'badRequest', ...contradiction }) : ok(job.data);
}

async function runJob(
  client: ServiceClient,
  job: JobFile,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<Result<ResultFile, Failure>> {
  const about = await client.call('service.about', {});
  if (!about.ok) return about;
  const table = await client.call(
    'table.open',
    { file: dataGrant, options: job.data.import },
    {
      signal,
      onEvent: (event) => {
        if (event.kind === 'progress') bar.reading(event.bytes, event.totalBytes);
      },
    },
  );
  if (!table.ok) return table;
  const suitable = table.value.columns
    .filter((column) => isNumeric(column.type) && column.suggestedRole === 'feature')
    .map((column) => column.name);
  if (job.data.features === undefined && suitable.length === 0) return failed({ kind: 'noNumericColumn' });
  const fit = await client.call(
    'fit.run',
    { table: table.value.table, specification: jobSpecification(job, suitable) },
    { signal, onEvent: (event) => bar.fitting(event) },
  );
  if (!fit.ok) return fit;
  const rows = await client.call('fit.responsibilities', { fit: fit.value.fit });
  if (!rows.ok) return rows;
  const { version, runtime } = about.value;
  const names = defaultClusterNames(job.model.components);
  return ok(resultDocument(fit.value, table.value, { mixtura: version, runtime }, names, rows.value));
}

async function writeResult(result: ResultFile, out: string | null): Promise<Result<unknown, Failure>> {
  if (out !== null) return writeWhole(path.resolve(out), lines(result));
  for (const piece of lines(result)) {
    if (!process.stdout.write(piece))
      await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
  }
  return ok(null);
}

function* lines(result: ResultFile): Generator<string> {
  yield* jsonPieces(result);
  yield '\n';
}

function asPort(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
  };
}
