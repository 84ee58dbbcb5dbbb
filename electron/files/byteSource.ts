import { open, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Failure } from '../../shared/failure';
import { failed, type Result } from '../../shared/result';
import { readFailure } from './fileProblem';

/** An open file to be read from the beginning, more than once. */
export interface ByteSource {
  readonly path: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** The first bytes, at most `length`. */
  head(length: number): Promise<Uint8Array>;
  /** Fills a buffer with the bytes from `position` on. Answers how many there were: fewer at the end of the file. */
  fill(buffer: Uint8Array, position: number): Promise<number>;
  /** All bytes in pieces of at most `pieceBytes`. A piece is overwritten by the next. */
  pieces(pieceBytes: number): AsyncGenerator<Uint8Array, void, void>;
}

async function readAt(handle: FileHandle, buffer: Uint8Array, position: number): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

/**
 * Opens a file, hands it to `use` and closes it again. What the file system says against it, then or while it is read,
 * becomes a failure.
 */
export async function withByteSource<T>(
  filePath: string,
  use: (source: ByteSource) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const fileName = path.basename(filePath);
  let handle: FileHandle | null = null;
  try {
    // Looked at before it is opened: a pipe that nobody writes to would never be open.
    const found = await stat(filePath);
    if (found.isDirectory())
      return failed({ kind: 'fileUnreadable', file: fileName, problem: 'it is a folder' });
    if (!found.isFile()) {
      return failed({ kind: 'fileUnreadable', file: fileName, problem: 'it is not an ordinary file' });
    }
    handle = await open(filePath, 'r');
    const file = handle;
    const facts = await file.stat();
    return await use({
      path: filePath,
      fileName,
      sizeBytes: facts.size,
      async head(length) {
        const buffer = new Uint8Array(Math.min(length, facts.size));
        return buffer.subarray(0, await readAt(file, buffer, 0));
      },
      fill: (buffer, position) => readAt(file, buffer, position),
      async *pieces(pieceBytes) {
        const buffer = new Uint8Array(pieceBytes);
        for (let position = 0; ;) {
          const filled = await readAt(file, buffer, position);
          if (filled > 0) yield buffer.subarray(0, filled);
          if (filled < buffer.length) return;
          position += filled;
        }
      },
    });
  } catch (error) {
    return failed(readFailure(error, fileName));
  } finally {
    await handle?.close();
  }
}
