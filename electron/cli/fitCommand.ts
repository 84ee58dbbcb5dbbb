import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { badRequest, connectClient, type Port, type ServiceClient } from '../../shared/contract/port';
import type { Failure } from '../../shared/failure';
import { failureText } from '../../shared/failureText';
import { grantId } from '../../shared/ids';
import type { Start } from '../../shared/fit';
import {
  jobContradiction,
  jobFile,
  jobSpecification,
  suitableFeatures,
  type JobFile,
} from '../../shared/jobFile';
import { failed, ok, type Result } from '../../shared/result';
import { jsonPieces } from '../../shared/jsonPieces';
import { defaultClusterNames, resultDocument } from '../../shared/resultDocument';
import { resultFile, type ResultFile } from '../../shared/resultFile';
import { startFromResult } from '../../shared/startFromResult';
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
  const read = await readJob(args.job);
  if (!read.ok) {
    process.stderr.write(`${args.job}: ${failureText(read.failure)}\n`);
    return exitCode.usage;
  }
  const { job, start } = read.value;
  const service = startService({ threads: args.threads ?? availableParallelism(), ...scripts });
  service.grant(dataGrant, {
    path: path.resolve(path.dirname(args.job), job.data.file),
    access: 'read',
  });
  const { port1, port2 } = new MessageChannel();
  service.connect(asPort(port2));
  const bar = new ProgressBar(process.stderr, args.isQuiet);
  const cancelling = new AbortController();
  const onInterrupt = (): void => cancelling.abort();
  process.once('SIGINT', onInterrupt);
  try {
    const result = await runJob(connectClient(asPort(port1)), job, start, bar, cancelling.signal);
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

/** A job and the start it asks for, which another file may hold. */
async function readJob(file: string): Promise<Result<{ job: JobFile; start: Start }, Failure>> {
  const content = await readJson(file);
  if (!content.ok) return content;
  const job = jobFile.safeParse(content.value);
  if (!job.success) return failed(badRequest(job.error));
  const contradiction = jobContradiction(job.data);
  if (contradiction) return failed({ kind: 'badRequest', ...contradiction });
  const start = await readStart(file, job.data);
  return start.ok ? ok({ job: job.data, start: start.value }) : start;
}

/** The start of a job: its own, or made of the result it names. */
async function readStart(jobPath: string, { start }: JobFile): Promise<Result<Start, Failure>> {
  if (!('result' in start)) return ok(start);
  const content = await readJson(path.resolve(path.dirname(jobPath), start.result));
  if (!content.ok) return content;
  const result = resultFile.safeParse(content.value);
  return result.success ? ok(startFromResult(result.data)) : failed(badRequest(result.error));
}

async function readJson(file: string): Promise<Result<unknown, Failure>> {
  try {
    return ok(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) return failed({ kind: 'badRequest', path: '', problem: error.message });
    return failed({ kind: 'fileMissing', file });
  }
}

async function runJob(
  client: ServiceClient,
  job: JobFile,
  start: Start,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<Result<ResultFile, Failure>> {
  const about = await client.call('service.about', {});
  if (!about.ok) return about;
  const names = defaultClusterNames(job.model.components);
  const versions = { mixtura: about.value.version, runtime: about.value.runtime };
  if (job.data.stream) {
    const fit = await client.call(
      'fit.stream',
      { file: dataGrant, options: job.data.import, specification: jobSpecification(job, [], start) },
      { signal, onEvent: (event) => bar.fitting(event) },
    );
    if (!fit.ok) return fit;
    const { summary, fileName, rows } = fit.value;
    return ok(resultDocument(summary, { fileName, rows }, versions, names));
  }
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
  const suitable = suitableFeatures(table.value.columns, job);
  if (job.data.features === undefined && suitable.length === 0)
    return failed({
      kind: 'badRequest',
      path: 'data.features',
      problem: `no column suits a ${job.model.family} model by its type; name the features`,
    });
  const fit = await client.call(
    'fit.run',
    { table: table.value.table, specification: jobSpecification(job, suitable, start) },
    { signal, onEvent: (event) => bar.fitting(event) },
  );
  if (!fit.ok) return fit;
  const rows = await client.call('fit.responsibilities', { fit: fit.value.fit });
  if (!rows.ok) return rows;
  const imputed = await client.call('fit.imputed', { fit: fit.value.fit, rows: null }, { signal });
  if (!imputed.ok) return imputed;
  return ok(
    resultDocument(fit.value, table.value, versions, names, {
      rows: rows.value,
      ...(fit.value.missingCells > 0 ? { imputed: imputed.value } : {}),
    }),
  );
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
