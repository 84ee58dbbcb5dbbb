import { parseArgs } from 'node:util';
import { readQuantiseArguments } from './quantiseArguments';
import { readThreads, wrongThreads } from './threadsOption';

export interface JobArguments {
  readonly kind: 'fit' | 'select';
  readonly job: string;
  /** null: standard output. */
  readonly out: string | null;
  /** null: as many as the machine has. */
  readonly threads: number | null;
  readonly isQuiet: boolean;
}

/** What pictures are quantised to, and what is said about it. */
export interface QuantiseArguments {
  readonly kind: 'quantise';
  /** A job file, or a job of its form made of the options. */
  readonly job: string | object;
  /** The folder of results; null: a curve is printed and nothing written. */
  readonly out: string | null;
  readonly isJson: boolean;
  readonly threads: number | null;
  readonly isQuiet: boolean;
}

export type Arguments =
  | JobArguments
  | QuantiseArguments
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'mistake'; readonly problem: string };

export const usage = `Mixtura finds the groups in your data, offline.

Usage
  npm start                                     open the window
  npm start -- fit job.json [options]           fit a model without a window
  npm start -- select job.json [options]        compare numbers of clusters and models
  npm start -- quantise pictures... --out folder [options]    pictures of few colours

Options of fit and select
  --out result.json   write the result here, whole or not at all (default: standard output)

Pictures are files, folders, or one job.json. Options of quantise, with their defaults
  --out folder        results, under names that are free: nothing is ever replaced
  --frames first      all: of GIF, WebP and TIFF, with one palette, as GIF again an animation; or which, from 1
  --colours 16        so many; or the fewest for --psnr dB or --ssim s; or the most for --bytes n
  --space srgb        linear, lab or oklab: where distances are taken
  --method kmeans     or gaussian: a mixture
  --dither none       floydSteinberg, ordered or blueNoise, with a strength: blueNoise:0.5; or flat:0.01, areas painted
                      flat for smaller files, by a hundredth more squared error at most
  --spatial 0         what places of pixels count beside colours
  --palette own       shared: one for all; or a file: .gpl, .act, .ase, .css, .json
  --lock '#rrggbb,...' colours that stay
  --format png        gif, fullPng or webp
  --also labels,regions,areas,masks,palette   written beside each picture: numbers of colours and of regions as grey
                      levels, a table of regions, a mask for each colour, .gpl
  --smallest 1        regions of fewer pixels join others; --scale 12.5:mm: so many pixels are 1 mm, for areas in mm²
  --effort thorough   quick: about 1 % more squared error and somewhat larger files, several times sooner
  --restarts 8, --seed 1
  --curve             print what 1 to 256 colours come to, and write nothing
  --json              the result as JSON on standard output

Options of all
  --threads n         worker threads; the result has the same bits whatever n is (default: all cores)
  --quiet             no progress on standard error
  --help, --version

Exit codes
  0  done          1  the job, or a picture, could not be done; the reason is on standard error
  2  the arguments or the job file are not understood
  130  cancelled with Ctrl+C; what was found so far was written, if there was anything

The forms of jobs and results, with an example of each: electron/cli/formats.md
`;

/** Reads the arguments after the program's name. A mistake is a value: it is shown with the usage. */
export function readArguments(args: readonly string[]): Arguments {
  if (args[0] === 'quantise') return readQuantiseArguments(args.slice(1));
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string', short: 'o' },
        threads: { type: 'string' },
        quiet: { type: 'boolean', short: 'q', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', default: false },
      },
    });
    const [command, job, ...rest] = positionals;
    if (values.help || command === 'help') return { kind: 'help' };
    if (values.version) return { kind: 'version' };
    if (command !== 'fit' && command !== 'select')
      return { kind: 'mistake', problem: `There is no command "${command ?? ''}".` };
    if (job === undefined) return { kind: 'mistake', problem: `Name the job file: ${command} job.json` };
    if (rest.length > 0)
      return { kind: 'mistake', problem: `One job at a time: "${rest.join(' ')}" is too much.` };
    const threads = readThreads(values.threads);
    if (threads === 'wrong') return wrongThreads;
    return { kind: command, job, out: values.out ?? null, threads, isQuiet: values.quiet };
  } catch (error) {
    // parseArgs throws on an option it does not know, with a sentence that names it.
    return { kind: 'mistake', problem: error instanceof Error ? error.message : String(error) };
  }
}
