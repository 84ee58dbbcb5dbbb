import type { Failure } from '../../shared/failure';

/** The code of an error of the file system, such as ENOENT; null for any other error. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

const words = new Map([
  ['EACCES', 'access to it is not allowed'],
  ['EPERM', 'access to it is not allowed'],
  ['EROFS', 'the disk is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'your share of the disk is used up'],
  ['EFBIG', 'the disk cannot hold a file of this size'],
  ['EIO', 'the disk reports an error'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'it is a link that leads back to itself'],
  ['ENOTDIR', 'part of its path is not a folder'],
  ['EEXIST', 'there is such a file already'],
  ['ENOENT', 'the folder does not exist'],
  ['ENAMETOOLONG', 'its name is too long'],
  ['EBUSY', 'another program is using it'],
  ['EMFILE', 'too many files are open'],
  ['ENXIO', 'its device is not there'],
  ['ETXTBSY', 'another program is using it'],
]);

/** What an error of the file system means, in words that fit after "was not written:". null: no such error. */
export function fileProblem(error: unknown): string | null {
  const code = errorCode(error);
  return code === null ? null : (words.get(code) ?? `the system says ${code}`);
}

/** The failure for an error while a file was read. Errors that are not of the file system are bugs and thrown. */
export function readFailure(error: unknown, file: string): Failure {
  const problem = fileProblem(error);
  if (problem === null) throw error;
  return errorCode(error) === 'ENOENT'
    ? { kind: 'fileMissing', file }
    : { kind: 'fileUnreadable', file, problem };
}
