import path from 'node:path';
import { badRequest, type ServiceClient } from '../../shared/contract/port';
import type { Failure } from '../../shared/failure';
import type { FitSpecification, Start } from '../../shared/fit';
import {
  jobContradiction,
  jobFile,
  jobSpecification,
  suitableFeatures,
  type JobFile,
} from '../../shared/jobFile';
import { failed, ok, type Result } from '../../shared/result';
import { defaultClusterNames, resultDocument } from '../../shared/resultDocument';
import { resultFile, type ResultFile } from '../../shared/resultFile';
import { startFromResult } from '../../shared/startFromResult';
import type { JobArguments } from './arguments';
import type { ExitCode } from './exitCode';
import { dataGrant, openTable, readJson, refuseJob, runJob, versionsOf } from './jobRun';
import type { ThreadScripts } from '../service/startService';
import type { ProgressBar } from './progressBar';

/** Where a fit begins, and, where another file says so, the features that its numbers are of. */
interface JobStart {
  readonly start: Start;
  readonly of: readonly string[] | null;
}

/** Fits what a job file says, and writes the result. */
export async function fitCommand(args: JobArguments, scripts: ThreadScripts): Promise<ExitCode> {
  const read = await readJob(args.job);
  if (!read.ok) return refuseJob(args.job, read.failure);
  const { job, start } = read.value;
  return runJob(args, job.data.file, scripts, (client, bar, signal) => fit(client, job, start, bar, signal));
}

/** A job and the start it asks for, which another file may hold. */
async function readJob(file: string): Promise<Result<{ job: JobFile; start: JobStart }, Failure>> {
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
async function readStart(jobPath: string, { start }: JobFile): Promise<Result<JobStart, Failure>> {
  if (!('result' in start)) return ok({ start, of: null });
  const content = await readJson(path.resolve(path.dirname(jobPath), start.result));
  if (!content.ok) return content;
  const result = resultFile.safeParse(content.value);
  if (!result.success) return failed(badRequest(result.error));
  return ok({ start: startFromResult(result.data), of: result.data.features.map(({ name }) => name) });
}

/** Numbers of a result are by the place of their feature: those of other features would be taken for these. */
function startProblem({ of }: JobStart, features: readonly string[]): Failure | null {
  if (of === null || (of.length === features.length && of.every((name, a) => name === features[a])))
    return null;
  const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
  const problem = `the result is of ${list(of)}, in this order, and the job of ${list(features)}`;
  return { kind: 'badRequest', path: 'start.result', problem };
}

async function fit(
  client: ServiceClient,
  job: JobFile,
  begin: JobStart,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<Result<ResultFile, Failure>> {
  const about = await versionsOf(client);
  if (!about.ok) return about;
  const versions = about.value;
  const specificationOf = (suitable: readonly string[]): Result<FitSpecification, Failure> => {
    const specification = jobSpecification(job, suitable, begin.start);
    const problem = startProblem(begin, specification.preparation.features);
    return problem === null ? ok(specification) : failed(problem);
  };
  if (job.data.stream) {
    const specification = specificationOf([]);
    if (!specification.ok) return specification;
    const fit = await client.call(
      'fit.stream',
      { file: dataGrant, options: job.data.import, specification: specification.value },
      { signal, onEvent: (event) => bar.fitting(event) },
    );
    if (!fit.ok) return fit;
    const { summary, fileName, rows } = fit.value;
    const names = defaultClusterNames(job.model.components);
    return ok(resultDocument(summary, { fileName, rows }, versions, names));
  }
  const table = await openTable(client, job.data.import, bar, signal);
  if (!table.ok) return table;
  const suitable = suitableFeatures(table.value.columns, job);
  if (job.data.features === undefined && suitable.length === 0)
    return failed({
      kind: 'badRequest',
      path: 'data.features',
      problem: `no column suits a ${job.model.family} model by its type; name the features`,
    });
  const specification = specificationOf(suitable);
  if (!specification.ok) return specification;
  const fit = await client.call(
    'fit.run',
    { table: table.value.table, specification: specification.value },
    { signal, onEvent: (event) => bar.fitting(event) },
  );
  if (!fit.ok) return fit;
  const rows = await client.call('fit.responsibilities', { fit: fit.value.fit });
  if (!rows.ok) return rows;
  const imputed = await client.call('fit.imputed', { fit: fit.value.fit, rows: null }, { signal });
  if (!imputed.ok) return imputed;
  const names = defaultClusterNames(job.model.components, fit.value.labels);
  return ok(
    resultDocument(fit.value, table.value, versions, names, {
      rows: rows.value,
      ...(fit.value.missingCells > 0 ? { imputed: imputed.value } : {}),
    }),
  );
}
