import type { TablePreview } from '../../shared/table';
import type { PlainThread } from './plain/plainThread';

/** What is told while a file is read, and how it is cut; the pieces change nothing but the speed. */
export interface ReadRun {
  readonly signal: AbortSignal;
  readonly onFirstRows: (preview: TablePreview) => void;
  /** At most ten times a second. */
  readonly onProgress: (bytes: number, totalBytes: number, rows: number) => void;
  /** Starts a thread that reads part of a large file. Left out: everything is read in the calling thread. */
  readonly startThread?: () => PlainThread;
  /** How many threads may read, the calling one among them. @default by the size of the file and the processors */
  readonly threads?: number;
  /** Bytes read at once. @default 1048576 */
  readonly pieceBytes?: number;
  /** Characters split into rows at once. @default 65536 */
  readonly blockLength?: number;
}

export const progressMs = 100;
