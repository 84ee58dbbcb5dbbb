import path from 'node:path';
import type { Failure } from '../../../../shared/failure';
import { failureText } from '../../../../shared/failureText';
import type { BatchRow } from '../../../../shared/image/batch';
import { map, type Result } from '../../../../shared/result';
import { delimitedLine } from '../../../files/safeCell';
import { writeNew } from '../../../files/writeWhole';
import type { FreeNames } from './freeNames';

type DoneRow = Extract<BatchRow, { kind: 'done' }>;

interface Column {
  readonly name: string;
  /** Of a picture that failed: ''. */
  text(row: DoneRow): string;
}

const columns: readonly Column[] = [
  { name: 'written', text: ({ written }) => written },
  { name: 'also written', text: ({ extras }) => extras.join('; ') },
  { name: 'width', text: ({ width }) => String(width) },
  { name: 'height', text: ({ height }) => String(height) },
  { name: 'frames', text: ({ frames }) => String(frames) },
  { name: 'frames before', text: ({ framesInFile }) => String(framesInFile) },
  { name: 'colours', text: ({ colours }) => String(colours) },
  { name: 'bytes before', text: ({ bytesBefore }) => String(bytesBefore) },
  { name: 'bytes after', text: ({ bytesAfter }) => String(bytesAfter) },
  {
    name: 'bits per pixel',
    text: ({ bytesAfter, width, height, frames }) => String((8 * bytesAfter) / (width * height * frames)),
  },
  { name: 'mean square error', text: ({ quality }) => String(quality.mse) },
  // Equal pictures have none: that is infinite.
  { name: 'psnr (dB)', text: ({ quality }) => String(quality.psnr ?? 'Inf') },
  { name: 'ssim', text: ({ quality }) => String(quality.ssim) },
  { name: 'distortion', text: ({ distortion }) => String(distortion) },
  {
    name: 'goal reached',
    text: ({ isGoalReached }) => (isGoalReached === null ? '' : isGoalReached ? 'yes' : 'no'),
  },
];

/** Writes what became of each picture as CSV in UTF-8, under a name that is free. Answers the name. */
export async function writeSummary(
  folder: string,
  names: FreeNames,
  rows: readonly BatchRow[],
): Promise<Result<string, Failure>> {
  const end = '.csv';
  const name = names.take('mixtura-summary', [end]) + end;
  return map(await writeNew(path.join(folder, name), lines(rows)), () => name);
}

function* lines(rows: readonly BatchRow[]): Generator<string> {
  const all = [['file', ...columns.map(({ name }) => name), 'problem'], ...rows.map(cellsOf)];
  // Excel needs the mark where there is more than ASCII, and others stumble over it.
  if (all.some((cells) => cells.some((cell) => !/^[\0-\x7f]*$/.test(cell)))) yield '\ufeff';
  for (const cells of all) yield delimitedLine(cells, ',');
}

const cellsOf = (row: BatchRow): string[] => [
  row.file,
  ...columns.map(({ text }) => (row.kind === 'done' ? text(row) : '')),
  row.kind === 'failed' ? failureText(row.failure) : '',
];
