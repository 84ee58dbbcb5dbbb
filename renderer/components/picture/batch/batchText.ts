import { formatBytes, formatCounted, formatShare } from '../../../../shared/format';
import type { BatchRow } from '../../../../shared/image/batch';

/** How much smaller (or larger) a file became: `-67 %`, `+12 %`. */
export function changeText(before: number, after: number): string {
  if (before === 0) return '';
  const share = formatShare(Math.abs(after - before) / before);
  if (after === before) return share;
  return `${after < before ? '-' : '+'}${share}`;
}

/** What a batch has come to. */
export interface BatchTotals {
  readonly written: number;
  readonly failed: number;
  /** Of the pictures that were written. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** Adds up what became of pictures. */
export function addUp(rows: Iterable<BatchRow>): BatchTotals {
  let [written, failed, bytesBefore, bytesAfter] = [0, 0, 0, 0];
  for (const row of rows) {
    if (row.kind === 'failed') {
      failed++;
      continue;
    }
    written++;
    bytesBefore += row.bytesBefore;
    bytesAfter += row.bytesAfter;
  }
  return { written, failed, bytesBefore, bytesAfter };
}

/** The sizes of all written pictures: `12.3 MB became 4.1 MB (-67 %)`. */
export const sizesText = ({ bytesBefore, bytesAfter }: BatchTotals): string =>
  `${formatBytes(bytesBefore)} became ${formatBytes(bytesAfter)} (${changeText(bytesBefore, bytesAfter)})`;

/** How many were written and how many failed: `18 pictures written, 2 failed`, `Stopped: 1 picture written`. */
export const countsText = ({ written, failed }: BatchTotals, isComplete: boolean): string =>
  `${isComplete ? '' : 'Stopped: '}${formatCounted(written, 'picture')} written${failed === 0 ? '' : `, ${failed} failed`}`;
