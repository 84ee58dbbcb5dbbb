import { grantId } from '../../../shared/ids';
import type { BatchRow, BatchSummary, FolderPicture } from '../../../shared/image/batch';
import type { GrantedFile } from '../../../shared/desktop';

/** A folder of a person as the desktop would grant it. */
export const folderNamed = (name: string): GrantedFile => ({ grant: grantId.parse(`folder-${name}`), name });

export const foundPicture = (name: string, sizeBytes = 100_000): FolderPicture => ({
  name,
  sizeBytes,
  format: 'png',
});

/** A picture that was written with a third of its bytes; every field can be replaced. */
export const doneRow = (
  file: string,
  changes: Partial<Extract<BatchRow, { kind: 'done' }>> = {},
): BatchRow => ({
  kind: 'done',
  file,
  written: file,
  extras: [],
  width: 100,
  height: 80,
  frames: 1,
  framesInFile: 1,
  colours: 16,
  bytesBefore: 99_000,
  bytesAfter: 33_000,
  quality: { mse: 20, psnr: 35.1, ssim: 0.95 },
  distortion: 1000,
  isGoalReached: null,
  ...changes,
});

export const failedRow = (file: string): BatchRow => ({
  kind: 'failed',
  file,
  failure: { kind: 'damagedPicture', file, format: 'png', problem: 'it is cut off' },
});

export const batchSummaryOf = (rows: BatchRow[], isComplete = true): BatchSummary => ({
  rows,
  isComplete,
  summaryFile: 'summary.csv',
  format: 'png',
});
