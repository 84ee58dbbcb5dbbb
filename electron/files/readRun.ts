import type { TablePreview } from '../../shared/table';

/** What is told while a file is read, and how it is cut; the pieces change nothing but the speed. */
export interface ReadRun {
  readonly signal: AbortSignal;
  readonly onFirstRows: (preview: TablePreview) => void;
  /** At most ten times a second. */
  readonly onProgress: (bytes: number, totalBytes: number, rows: number) => void;
  /** Bytes read at once. @default 1048576 */
  readonly pieceBytes?: number;
  /** Characters split into rows at once. @default 65536 */
  readonly blockLength?: number;
}

export const progressMs = 100;
