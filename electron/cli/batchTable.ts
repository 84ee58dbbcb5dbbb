import path from 'node:path';
import { failureText } from '../../shared/failureText';
import { formatBytes, formatCounted } from '../../shared/format';
import type { BatchRow, BatchSummary } from '../../shared/image/batch';
import { textTable } from './textTable';

type DoneRow = Extract<BatchRow, { kind: 'done' }>;

const isDone = (row: BatchRow): row is DoneRow => row.kind === 'done';

const header = ['file', 'written', 'colours', 'before', 'after', 'of it', 'PSNR', 'SSIM', 'goal'];

/**
 * What became of pictures, for a person at a terminal: the table, what failed and why, and the sums.
 *
 * folder  of the results, as the person wrote it
 */
export function batchTable({ rows, isComplete, summaryFile }: BatchSummary, folder: string): string {
  const done = rows.filter(isDone);
  const failures = rows.flatMap((row) =>
    row.kind === 'failed' ? `${row.file}: ${failureText(row.failure)}\n` : [],
  );
  const partly = done
    .filter(({ frames, framesInFile }) => frames < framesInFile)
    .map(({ file, framesInFile }) => `${file}: one of its ${framesInFile} frames; --frames all takes all.\n`);
  const sum = (bytes: (row: DoneRow) => number): number => done.reduce((total, row) => total + bytes(row), 0);
  const before = sum(({ bytesBefore }) => bytesBefore);
  const after = sum(({ bytesAfter }) => bytesAfter);
  // A column of goals only where there is one.
  const shown = done.some(({ isGoalReached }) => isGoalReached !== null) ? header.length : header.length - 1;
  const table = textTable([header, ...done.map(cellsOf)].map((cells) => cells.slice(0, shown)));
  return [
    done.length > 0 ? table : '',
    ...partly,
    ...failures,
    `${formatCounted(done.length, 'picture')} written, ${failures.length} failed${isComplete ? '' : ', then cancelled'}`,
    done.length > 0 ? `; ${formatBytes(before)} became ${formatBytes(after)}` : '',
    `. All of it: ${path.join(folder, summaryFile)}\n`,
  ].join('');
}

const cellsOf = ({ quality, bytesBefore, bytesAfter, isGoalReached, ...row }: DoneRow): string[] => [
  row.file,
  row.written,
  String(row.colours),
  formatBytes(bytesBefore),
  formatBytes(bytesAfter),
  `${((100 * bytesAfter) / bytesBefore).toFixed(0)} %`,
  quality.psnr === null ? 'equal' : `${quality.psnr.toFixed(2)} dB`,
  quality.ssim.toFixed(4),
  isGoalReached === null ? '' : isGoalReached ? 'reached' : 'not reached',
];
