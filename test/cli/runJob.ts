import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fitCommand } from '../../electron/cli/fitCommand';
import { selectCommand } from '../../electron/cli/selectCommand';
import { resultFile, type ResultFile } from '../../shared/resultFile';
import { selectionFile, type SelectionFile } from '../../shared/selectionFile';
import { builtScript } from '../support/builtScripts';

export const examples = path.resolve(import.meta.dirname, '../../examples');

/** A folder for jobs, run in this process by the command behind the command line. */
export interface JobFolder {
  readonly path: string;
  write(name: string, text: string): string;
  /** Runs a job that must succeed; its result is kept as `name` in the folder. */
  run(job: unknown, name?: string): Promise<ResultFile>;
  /** The same of a selection. */
  select(job: unknown): Promise<SelectionFile>;
  remove(): void;
}

export function jobFolder(): JobFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'mixtura-job-'));
  const write = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  async function run(kind: 'fit' | 'select', job: unknown, name: string): Promise<unknown> {
    const out = path.join(folder, name);
    const command = kind === 'fit' ? fitCommand : selectCommand;
    const code = await command(
      { kind, job: write('job.json', JSON.stringify(job)), out, threads: 2, isQuiet: true },
      {
        worker: builtScript('worker.js'),
        importWorker: builtScript('importWorker.js'),
        pictureWorker: builtScript('pictureWorker.js'),
      },
    );
    if (code !== 0) throw new Error(`the job ended with ${code}`);
    return JSON.parse(readFileSync(out, 'utf8'));
  }
  return {
    path: folder,
    write,
    run: async (job, name = 'result.json') => resultFile.parse(await run('fit', job, name)),
    select: async (job) => selectionFile.parse(await run('select', job, 'selection.json')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A job with its data file among the examples. */
export function withExampleData<T extends { data: { file: string } }>(job: T): T {
  return { ...job, data: { ...job.data, file: path.join(examples, job.data.file) } };
}
