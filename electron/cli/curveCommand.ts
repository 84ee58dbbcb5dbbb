import type { Failure } from '../../shared/failure';
import type { CurvePoint } from '../../shared/image/painting';
import { formatCount, formatNumber } from '../../shared/format';
import { map, type Result } from '../../shared/result';
import { quantiseJobSpecification, type QuantiseJob } from '../../shared/quantiseJob';
import { exitCode, type ExitCode } from './exitCode';
import { refuse, writeResult, type CommandContext } from './jobRun';
import { grantPictures, type NamedPicture } from './pictureGrants';
import { textTable } from './textTable';

/** Prints what numbers of colours come to, for each picture of a job. */
export async function curveCommand(
  job: QuantiseJob,
  folder: string,
  isJson: boolean,
  context: CommandContext,
): Promise<ExitCode> {
  const files = await grantPictures(job.pictures, folder, context);
  if (!files.ok) return refuse(files.failure);
  const curves: { file: string; points: readonly CurvePoint[] }[] = [];
  for (const picture of files.value) {
    const curve = await curveOf(picture, job, context);
    context.bar.end();
    if (!curve.ok) return refuse(curve.failure);
    const points = curve.value;
    curves.push({ file: picture.name, points });
    if (!isJson) process.stdout.write(`${picture.name}\n${textTable([header, ...points.map(cellsOf)])}`);
    if (context.signal.aborted) break;
  }
  if (isJson) await writeResult({ format: 'mixtura-curve/1', curves }, null);
  return context.signal.aborted ? exitCode.cancelled : exitCode.success;
}

async function curveOf(
  { grant }: NamedPicture,
  job: QuantiseJob,
  { client, bar, signal }: CommandContext,
): Promise<Result<readonly CurvePoint[], Failure>> {
  const opened = await client.call('picture.open', { file: grant, frame: job.frames }, { signal });
  if (!opened.ok) return opened;
  const { picture } = opened.value;
  const curve = await client.call(
    'picture.curve',
    { picture, specification: quantiseJobSpecification(job) },
    { signal, onEvent: ({ done, total }) => bar.trying(done, total) },
  );
  await client.call('picture.close', { picture });
  return map(curve, ({ points }) => [...points].sort((a, b) => a.colours - b.colours));
}

const header = ['colours', 'bits/pixel', 'bytes', 'PSNR', 'SSIM', 'distortion'];

const cellsOf = ({ colours, bitsPerPixel, bytes, quality, distortion }: CurvePoint): string[] => [
  String(colours),
  String(bitsPerPixel),
  formatCount(bytes),
  quality.psnr === null ? 'equal' : `${quality.psnr.toFixed(2)} dB`,
  quality.ssim.toFixed(4),
  formatNumber(distortion, 6),
];
