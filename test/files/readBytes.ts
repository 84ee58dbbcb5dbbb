import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Failure } from '../../shared/failure';
import type { Result } from '../../shared/result';
import type { ColumnSummary, ImportOptions, TablePreview } from '../../shared/table';
import { previewTable } from '../../electron/files/previewTable';
import type { ReadRun } from '../../electron/files/readRun';
import { readTable } from '../../electron/files/readTable';
import { tableFrom, type Table } from '../../electron/files/table/table';

/** Where the nasty files lie. */
export const dataFolder = path.join(import.meta.dirname, 'data');

/** Runs `use` with a folder of its own, which is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mixtura-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export type Pieces = Pick<ReadRun, 'pieceBytes' | 'blockLength' | 'threads' | 'startThread'>;

export async function readFile(
  file: string,
  options: ImportOptions = {},
  pieces: Pieces = {},
): Promise<Result<Table, Failure>> {
  const result = await readTable(file, options, {
    signal: new AbortController().signal,
    onFirstRows: () => undefined,
    onProgress: () => undefined,
    ...pieces,
  });
  return result.ok ? { ok: true, value: tableFrom(result.value) } : result;
}

/** Reads text or bytes as if they were a file. */
export function readBytes(
  content: string | Uint8Array,
  options: ImportOptions = {},
  pieces: Pieces = {},
): Promise<Result<Table, Failure>> {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'table.csv');
    await writeFile(file, content);
    return readFile(file, options, pieces);
  });
}

export function previewBytes(
  content: string | Uint8Array,
  options: ImportOptions = {},
): Promise<Result<TablePreview, Failure>> {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'table.csv');
    await writeFile(file, content);
    return previewTable(file, options);
  });
}

/** The table, where reading must succeed. */
export async function tableOf(
  content: string | Uint8Array,
  options: ImportOptions = {},
  pieces: Pieces = {},
): Promise<Table> {
  return expectTable(await readBytes(content, options, pieces));
}

export function expectTable(result: Result<Table, Failure>): Table {
  if (!result.ok) throw new Error(`not read: ${JSON.stringify(result.failure)}`);
  return result.value;
}

/** The failure, where reading must not succeed. */
export async function failureOf(content: string | Uint8Array, options: ImportOptions = {}): Promise<Failure> {
  const result = await readBytes(content, options);
  if (result.ok) throw new Error('was read');
  return result.failure;
}

export const allCells = (table: Table): string[][] =>
  table.slice(0, table.summary.rows, 0, table.summary.columns.length);

export const columnOf = (table: Table, name: string): ColumnSummary => {
  const found = table.summary.columns.find((column) => column.name === name);
  if (!found) throw new Error(`no column ${name}`);
  return found;
};

export const numbersOf = (table: Table, name: string): number[] => [
  ...table.numbers(columnOf(table, name).index),
];

export const noticeKinds = (table: Table): string[] => table.summary.notices.map(({ kind }) => kind);
