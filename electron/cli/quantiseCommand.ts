import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { badRequest } from '../../shared/contract/port';
import type { Failure } from '../../shared/failure';
import type { BatchPalette } from '../../shared/image/batch';
import { paletteText } from '../../shared/image/paletteText';
import {
  quantiseJob,
  quantiseJobSpecification,
  type QuantiseFile,
  type QuantiseJob,
} from '../../shared/quantiseJob';
import { failed, map, ok, type Result } from '../../shared/result';
import { fileProblem } from '../files/fileProblem';
import type { ThreadScripts } from '../service/startService';
import type { QuantiseArguments } from './arguments';
import { batchTable } from './batchTable';
import { curveCommand } from './curveCommand';
import { exitCode, type ExitCode } from './exitCode';
import {
  readJson,
  refuse,
  refuseJob,
  versionsOf,
  withService,
  writeResult,
  type CommandContext,
} from './jobRun';
import { grantPath, grantPictures } from './pictureGrants';

/** Quantises pictures into a folder, or prints what numbers of colours come to. */
export async function quantiseCommand(args: QuantiseArguments, scripts: ThreadScripts): Promise<ExitCode> {
  const { job: given, out } = args;
  const name = typeof given === 'string' ? given : 'quantise';
  const content = typeof given === 'string' ? await readJson(given) : ok(given);
  if (!content.ok) return refuseJob(name, content.failure);
  const job = quantiseJob.safeParse(content.value);
  if (!job.success) return refuseJob(name, badRequest(job.error));
  const folder = typeof given === 'string' ? path.dirname(given) : '.';
  return withService(args, scripts, (context) =>
    out === null
      ? curveCommand(job.data, folder, args.isJson, context)
      : quantise(job.data, { folder, out, isJson: args.isJson }, context),
  );
}

interface Places {
  /** Names in the job are relative to it. */
  readonly folder: string;
  readonly out: string;
  readonly isJson: boolean;
}

async function quantise(
  job: QuantiseJob,
  { folder, out, isJson }: Places,
  context: CommandContext,
): Promise<ExitCode> {
  const { client, bar, service, signal } = context;
  const files = await grantPictures(job.pictures, folder, context);
  if (!files.ok) return refuse(files.failure);
  const palette = await paletteOf(job, folder, context);
  if (!palette.ok) return refuse(palette.failure);
  const made = await makeFolder(out);
  if (!made.ok) return refuse(made.failure);
  const specification = quantiseJobSpecification(job);
  const batch = await client.call(
    'folder.quantise',
    {
      source: { kind: 'files', files: files.value.map(({ grant }) => grant) },
      into: grantPath(service, path.resolve(out), 'write'),
      frame: job.frames,
      specification,
      palette: palette.value,
      format: job.format,
      extras: job.also,
      segments: job.segments,
      scale: job.scale,
    },
    { signal, onEvent: (event) => bar.quantising(event) },
  );
  bar.end();
  if (!batch.ok) return refuse(batch.failure);
  if (isJson) {
    const versions = await versionsOf(client);
    if (!versions.ok) return refuse(versions.failure);
    const document: QuantiseFile = {
      format: 'mixtura-quantise/1',
      versions: versions.value,
      specification,
      palette: job.palette,
      result: batch.value,
    };
    await writeResult(document, null);
  } else process.stdout.write(batchTable(batch.value, out));
  if (!batch.value.isComplete) return exitCode.cancelled;
  return batch.value.rows.every(({ kind }) => kind === 'done') ? exitCode.success : exitCode.failed;
}

async function paletteOf(
  { palette }: QuantiseJob,
  folder: string,
  { service, client }: CommandContext,
): Promise<Result<BatchPalette, Failure>> {
  if (palette === 'own' || palette === 'shared') return ok({ kind: palette });
  const file = grantPath(service, path.resolve(folder, palette), 'read');
  return map(await client.call('palette.read', { file }), ({ colours, names, estimated }) => {
    if (estimated > 0) process.stderr.write(`${palette}: ${paletteText(colours.length, estimated)}.\n`);
    return { kind: 'given', colours, names };
  });
}

async function makeFolder(out: string): Promise<Result<null, Failure>> {
  try {
    await mkdir(out, { recursive: true });
    return ok(null);
  } catch (error) {
    const problem = fileProblem(error);
    if (problem === null) throw error;
    return failed({ kind: 'notWritten', file: out, problem });
  }
}
