import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TablePreview } from '../../shared/table';
import { openTable, type OpenOptions } from '../../electron/files/openTable';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import { allCells, dataFolder, expectTable, readFile } from './readBytes';

/** The thread as it is built for the program, and a large file for it to read. */
let folder = '';
let workerUrl: URL;
let largeFile = '';
const rows = 300_000;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'mixtura-'));
  const root = path.resolve(import.meta.dirname, '../..');
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: path.join(root, 'electron/files/importWorker.ts'),
      outDir: folder,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'importWorker.mjs' } },
    },
  });
  workerUrl = pathToFileURL(path.join(folder, 'importWorker.mjs'));
  largeFile = path.join(folder, 'large.csv');
  const lines = Array.from({ length: rows }, (_, row) => `${row},${(row * 0.37).toFixed(2)},name ${row % 9}`);
  await writeFile(largeFile, ['id,value,group', ...lines].join('\n'));
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (changes: Partial<OpenOptions> = {}): OpenOptions => ({
  signal: new AbortController().signal,
  onFirstRows: () => undefined,
  onProgress: () => undefined,
  workerUrl,
  ...changes,
});

test('a table read in a thread is the table read here', async () => {
  for (const file of ['quoted-newlines.csv', 'workbook.xlsx', 'ragged.csv']) {
    const there = expectTable(await openTable(path.join(dataFolder, file), {}, run()));
    const here = expectTable(await readFile(path.join(dataFolder, file)));
    expect(there.summary).toEqual(here.summary);
    expect(allCells(there)).toEqual(allCells(here));
  }
});

test('first rows come before progress, progress rises, and values are in shared memory', async () => {
  const told: string[] = [];
  const bytes: number[] = [];
  let first: TablePreview | null = null;
  const table = expectTable(
    await openTable(
      largeFile,
      {},
      run({
        onFirstRows: (preview) => {
          told.push('firstRows');
          first = preview;
        },
        onProgress: (done) => {
          told.push('progress');
          bytes.push(done);
        },
      }),
    ),
  );
  expect(told[0]).toBe('firstRows');
  expect(told.filter((kind) => kind === 'firstRows')).toHaveLength(1);
  expect(first!.rows[1]).toEqual(['1', '0.37', 'name 1']);
  expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
  expect(bytes.at(-1)).toBe(table.summary.sizeBytes);
  expect(table.summary.rows).toBe(rows);
  expect(table.numbers(1).buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(table.slice(rows - 1, rows, 0, 9)).toEqual([[String(rows - 1), '110999.63', 'name 2']]);
});

test('a file that two threads read is the table that one reads here', async () => {
  const file = path.join(folder, 'larger.csv');
  const lines = Array.from(
    { length: 700_000 },
    (_, row) => `${row},${(row * 0.37).toFixed(4)},name ${row % 9},NA`,
  );
  await writeFile(file, ['id,value,group,note', ...lines].join('\n'));
  const there = expectTable(await openTable(file, {}, run()));
  const here = expectTable(await readFile(file));
  expect(there.summary).toEqual(here.summary);
  expect(there.numbers(1)).toEqual(here.numbers(1));
  for (const row of [0, 349_999, 350_001, 699_999]) {
    expect(there.slice(row, row + 1, 0, 4)).toEqual(here.slice(row, row + 1, 0, 4));
  }
});

test('a failure comes back as one', async () => {
  const result = await openTable(path.join(folder, 'nowhere.csv'), {}, run());
  expect(result).toEqual({ ok: false, failure: { kind: 'fileMissing', file: 'nowhere.csv' } });
});

test('cancelling in the middle answers at once, and nothing is told afterwards', async () => {
  const stopping = new AbortController();
  let isOver = false;
  let late = 0;
  const result = await openTable(
    largeFile,
    {},
    run({
      signal: stopping.signal,
      onFirstRows: () => stopping.abort(),
      onProgress: () => {
        if (isOver) late += 1;
      },
    }),
  );
  isOver = true;
  expect(result).toEqual({ ok: false, failure: { kind: 'cancelled' } });
  expect(late).toBe(0);
});

test('what was cancelled before it began does not begin', async () => {
  const stopping = new AbortController();
  stopping.abort();
  expect(await openTable(largeFile, {}, run({ signal: stopping.signal }))).toMatchObject({
    ok: false,
    failure: { kind: 'cancelled' },
  });
});

test('a thread that cannot start is a bug and thrown', async () => {
  const nowhere = pathToFileURL(path.join(folder, 'nowhere.mjs'));
  await expect(openTable(largeFile, {}, run({ workerUrl: nowhere }))).rejects.toThrow();
});
