import { parseArgs } from 'node:util';

export interface JobArguments {
  readonly kind: 'fit' | 'select';
  readonly job: string;
  /** null: standard output. */
  readonly out: string | null;
  /** null: as many as the machine has. */
  readonly threads: number | null;
  readonly isQuiet: boolean;
}

export type Arguments =
  | JobArguments
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'mistake'; readonly problem: string };

export const usage = `Mixtura finds the groups in your data, offline.

Usage
  npm start                                     open the window
  npm start -- fit job.json [options]           fit a model without a window
  npm start -- select job.json [options]        compare numbers of clusters and models

Options of both
  --out result.json   write the result here, whole or not at all (default: standard output)
  --threads n         worker threads; the result has the same bits whatever n is (default: all cores)
  --quiet             no progress on standard error
  --help, --version

Exit codes
  0  done          1  the job could not be done; the reason is on standard error
  2  the arguments or the job file are not understood
  130  cancelled with Ctrl+C; what was found so far was written, if there was anything

The forms of jobs and results, with an example of each: electron/cli/formats.md
`;

/** Reads the arguments after the program's name. A mistake is a value: it is shown with the usage. */
export function readArguments(args: readonly string[]): Arguments {
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
    const threads = values.threads === undefined ? null : Number(values.threads);
    if (threads !== null && !(Number.isInteger(threads) && threads >= 1 && threads <= 256))
      return { kind: 'mistake', problem: '--threads takes a whole number from 1 to 256.' };
    return { kind: command, job, out: values.out ?? null, threads, isQuiet: values.quiet };
  } catch (error) {
    // parseArgs throws on an option it does not know, with a sentence that names it.
    return { kind: 'mistake', problem: error instanceof Error ? error.message : String(error) };
  }
}
