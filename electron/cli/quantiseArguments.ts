import { parseArgs } from 'node:util';
import type { Arguments } from './arguments';
import { readThreads, wrongThreads } from './threadsOption';

/** Options that go beside a job file too. */
const ofEveryJob = {
  out: { type: 'string', short: 'o' },
  curve: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  threads: { type: 'string' },
  quiet: { type: 'boolean', short: 'q', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Options that say what a job file says. */
const ofNoJob = {
  frames: { type: 'string' },
  colours: { type: 'string' },
  psnr: { type: 'string' },
  ssim: { type: 'string' },
  bytes: { type: 'string' },
  space: { type: 'string' },
  method: { type: 'string' },
  dither: { type: 'string' },
  spatial: { type: 'string' },
  palette: { type: 'string' },
  lock: { type: 'string' },
  format: { type: 'string' },
  also: { type: 'string' },
  smallest: { type: 'string' },
  scale: { type: 'string' },
  effort: { type: 'string' },
  restarts: { type: 'string' },
  seed: { type: 'string' },
} as const;

type JobOptions = { readonly [name in keyof typeof ofNoJob]?: string };

const mistake = (problem: string): Arguments => ({ kind: 'mistake', problem });

/** Reads the arguments after `quantise`. */
export function readQuantiseArguments(args: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...ofEveryJob, ...ofNoJob },
    });
    const { out, curve, json, threads: givenThreads, quiet, help, ...options } = values;
    if (help) return { kind: 'help' };
    if (positionals.length === 0)
      return mistake('Name the pictures, a folder of them, or a job file: quantise photo.jpg --out results');
    if (out === undefined && !curve)
      return mistake('Name the folder of results: --out results. It is made if it is not there.');
    const threads = readThreads(givenThreads);
    if (threads === 'wrong') return wrongThreads;
    const job = jobOf(positionals, options);
    if (typeof job !== 'string' && 'problem' in job) return mistake(job.problem);
    return {
      kind: 'quantise',
      job: typeof job === 'string' ? job : job.job,
      out: curve ? null : (out ?? null),
      isJson: json,
      threads,
      isQuiet: quiet,
    };
  } catch (error) {
    // parseArgs throws on an option it does not know, with a sentence that names it.
    return mistake(error instanceof Error ? error.message : String(error));
  }
}

/** The name of a job file, a job made of options, or what is wrong. */
function jobOf(
  pictures: readonly string[],
  options: JobOptions,
): string | { readonly job: object } | { readonly problem: string } {
  const given = Object.keys(options);
  const jobFile = pictures.find((name) => /\.json$/i.test(name));
  if (jobFile !== undefined) {
    if (pictures.length > 1) return { problem: `A job file stands alone: "${jobFile}" names its pictures.` };
    if (given.length > 0) return { problem: `--${given[0]} is for the job file to say.` };
    return jobFile;
  }
  for (const name of [
    'colours',
    'psnr',
    'ssim',
    'bytes',
    'spatial',
    'smallest',
    'restarts',
    'seed',
  ] as const) {
    const text = options[name];
    if (text !== undefined && (text.trim() === '' || !Number.isFinite(Number(text))))
      return { problem: `--${name} takes a number, not "${text}".` };
  }
  const goals = goalsOf(options);
  if (goals.length > 1) return { problem: 'Give one of --colours, --psnr, --ssim and --bytes.' };
  const { frames } = options;
  if (frames !== undefined && !/^(first|all|[1-9][0-9]*)$/.test(frames))
    return { problem: `--frames takes first, all or a number from 1, not "${frames}".` };
  const scale = scaleOf(options.scale);
  if (scale === 'wrong')
    return { problem: `--scale takes pixels and a unit, as 12.5:mm, not "${options.scale}".` };
  const { space, method, dither, spatial, palette, lock, format, also, smallest } = options;
  const { effort, restarts, seed } = options;
  return {
    job: {
      pictures: [...pictures],
      ...(frames !== undefined && { frames: Number(frames) || frames }),
      ...(goals.length > 0 && { goal: goals[0] }),
      ...(space !== undefined && { space }),
      ...(method !== undefined && { method }),
      ...(dither !== undefined && { dithering: ditheringOf(dither) }),
      ...(spatial !== undefined && { spatialWeight: Number(spatial) }),
      ...(palette !== undefined && { palette }),
      ...(lock !== undefined && { locked: listOf(lock) }),
      ...(format !== undefined && { format }),
      ...(also !== undefined && { also: listOf(also) }),
      ...(smallest !== undefined && { segments: { smallest: Number(smallest) } }),
      ...(scale !== undefined && { scale }),
      ...(effort !== undefined && { effort }),
      ...(restarts !== undefined && { restarts: Number(restarts) }),
      ...(seed !== undefined && { seed: Number(seed) }),
    },
  };
}

/** What is asked for, as the job has it. */
function goalsOf({ colours, psnr, ssim, bytes }: JobOptions): object[] {
  return [
    ...(colours === undefined ? [] : [{ kind: 'count', colours: Number(colours) }]),
    ...(psnr === undefined ? [] : [{ kind: 'quality', measure: 'psnr', atLeast: Number(psnr) }]),
    ...(ssim === undefined ? [] : [{ kind: 'quality', measure: 'ssim', atLeast: Number(ssim) }]),
    ...(bytes === undefined ? [] : [{ kind: 'bytes', atMost: Number(bytes) }]),
  ];
}

/** `blueNoise:0.5` or `flat:0.01` as the job has it. */
function ditheringOf(text: string): object {
  const [kind, how] = text.split(':');
  if (how === undefined) return { kind };
  return kind === 'flat' ? { kind, errorGrowth: Number(how) } : { kind, strength: Number(how) };
}

/** `12.5:mm` as the job has it: 12.5 pixels are a millimetre. */
function scaleOf(text: string | undefined): object | 'wrong' | undefined {
  if (text === undefined) return undefined;
  const [, pixels, unit] = /^([\d.]+):(.+)$/.exec(text.trim()) ?? [];
  return Number(pixels) > 0 ? { pixelsPerUnit: Number(pixels), unit } : 'wrong';
}

const listOf = (text: string): string[] => text.split(',').map((part) => part.trim());
