import { randomUUID } from 'node:crypto';
import { access, constants, open, realpath, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Failure } from '../../shared/failure';
import { failed, ok, type Result } from '../../shared/result';
import { errorCode, fileProblem } from './fileProblem';

type Piece = string | Uint8Array;
type Pieces = Iterable<Piece> | AsyncIterable<Piece>;

/** Small pieces are gathered to about this size before they are written. */
const gatheredBytes = 1 << 18;

async function* gather(pieces: Pieces): AsyncGenerator<Buffer, void, void> {
  let gathered: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : Buffer.from(piece);
    gathered.push(bytes);
    size += bytes.length;
    if (size < gatheredBytes) continue;
    yield Buffer.concat(gathered);
    gathered = [];
    size = 0;
  }
  yield Buffer.concat(gathered);
}

async function writeAll(
  handle: FileHandle,
  pieces: Pieces,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  let bytes = 0;
  for await (const piece of gather(pieces)) {
    if (signal?.aborted === true) return null;
    for (let at = 0; at < piece.length;) {
      const { bytesWritten } = await handle.write(piece, at, piece.length - at);
      at += bytesWritten;
    }
    bytes += piece.length;
  }
  return signal?.aborted === true ? null : bytes;
}

/** What is at a path now: nothing, a file that may be replaced, or something that is written into (a device). */
async function findTarget(
  filePath: string,
): Promise<{ path: string; mode: number | null; isStream: boolean }> {
  try {
    // A link is kept and what it points to is replaced.
    const real = await realpath(filePath);
    const facts = await stat(real);
    if (facts.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
    // Renaming would replace a file even where it may not be written.
    await access(real, constants.W_OK);
    return { path: real, mode: facts.mode & 0o777, isStream: !facts.isFile() };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { path: filePath, mode: null, isStream: false };
    throw error;
  }
}

/**
 * Writes a file whole or not at all: into a new file beside it, to the disk, and then in its place. When anything goes
 * wrong or it is cancelled, nothing is left behind and what was there before is untouched. Text is written as UTF-8.
 */
export function writeWhole(
  filePath: string,
  pieces: Pieces,
  signal?: AbortSignal,
): Promise<Result<{ bytes: number }, Failure>> {
  return write(filePath, pieces, signal, false);
}

/**
 * The same where no file may be replaced: fails if there is one. The name is taken in one step, at the end, so that a
 * file that has come meanwhile is untouched too.
 */
export function writeNew(
  filePath: string,
  pieces: Pieces,
  signal?: AbortSignal,
): Promise<Result<{ bytes: number }, Failure>> {
  return write(filePath, pieces, signal, true);
}

async function write(
  filePath: string,
  pieces: Pieces,
  signal: AbortSignal | undefined,
  isNew: boolean,
): Promise<Result<{ bytes: number }, Failure>> {
  let handle: FileHandle | null = null;
  let temporary: string | null = null;
  let hasTakenName = false;
  try {
    const target = isNew ? { path: filePath, mode: null, isStream: false } : await findTarget(filePath);
    if (!target.isStream) temporary = path.join(path.dirname(target.path), `.mixtura-${randomUUID()}.tmp`);
    handle = await open(temporary ?? target.path, temporary === null ? 'w' : 'wx', target.mode ?? 0o666);
    const bytes = await writeAll(handle, pieces, signal);
    if (bytes === null) return failed({ kind: 'cancelled' });
    if (temporary === null) return ok({ bytes });
    if (target.mode !== null) await handle.chmod(target.mode);
    await handle.sync();
    await handle.close();
    handle = null;
    if (isNew) {
      await takeName(target.path);
      hasTakenName = true;
    }
    await rename(temporary, target.path);
    temporary = null;
    await syncFolder(path.dirname(target.path));
    return ok({ bytes });
  } catch (error) {
    const problem = fileProblem(error);
    if (problem === null) throw error;
    return failed({ kind: 'notWritten', file: path.basename(filePath), problem });
  } finally {
    await handle?.close();
    if (temporary !== null) {
      await removeIfThere(temporary);
      if (hasTakenName) await removeIfThere(filePath);
    }
  }
}

/** Makes an empty file; fails where there is anything of that name, in one step. */
async function takeName(filePath: string): Promise<void> {
  const handle = await open(filePath, 'wx');
  await handle.close();
}

/** After a rename the name itself must reach the disk; systems that cannot sync a folder do so on their own. */
async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch (error) {
    if (errorCode(error) === null) throw error;
  } finally {
    await handle?.close();
  }
}

async function removeIfThere(filePath: string): Promise<void> {
  try {
    await unlink(filePath);
  } catch (error) {
    // The folder may be gone, and the file with it.
    if (errorCode(error) === null) throw error;
  }
}
