import { badRequest, type ServiceClient } from '../../shared/contract/port';
import type { Failure } from '../../shared/failure';
import { failed, ok, type Result } from '../../shared/result';
import { selectionDocument, type SelectionFile } from '../../shared/selectionFile';
import { selectionJob, selectionJobSpecification, type SelectionJob } from '../../shared/selectionJob';
import type { JobArguments } from './arguments';
import type { ExitCode } from './exitCode';
import { openTable, readJson, refuseJob, runJob, versionsOf } from './jobRun';
import type { ThreadScripts } from '../service/startService';
import type { ProgressBar } from './progressBar';

/** Compares numbers of clusters and models as a job file says, and writes what was found. */
export async function selectCommand(args: JobArguments, scripts: ThreadScripts): Promise<ExitCode> {
  const content = await readJson(args.job);
  if (!content.ok) return refuseJob(args.job, content.failure);
  const job = selectionJob.safeParse(content.value);
  if (!job.success) return refuseJob(args.job, badRequest(job.error));
  return runJob(args, job.data.data.file, scripts, (client, bar, signal) =>
    select(client, job.data, bar, signal),
  );
}

async function select(
  client: ServiceClient,
  job: SelectionJob,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<Result<SelectionFile, Failure>> {
  const versions = await versionsOf(client);
  if (!versions.ok) return versions;
  const table = await openTable(client, job.data.import, bar, signal);
  if (!table.ok) return table;
  const specification = selectionJobSpecification(job, table.value);
  if (specification === null)
    return failed({
      kind: 'badRequest',
      path: 'data.features',
      problem: 'no column suits a model by its type; name the features',
    });
  const selection = await client.call(
    'selection.run',
    { table: table.value.table, specification },
    { signal, onEvent: (event) => bar.selecting(event) },
  );
  return selection.ok ? ok(selectionDocument(selection.value, table.value, versions.value)) : selection;
}
