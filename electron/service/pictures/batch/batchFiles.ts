import path from 'node:path';
import type { Failure } from '../../../../shared/failure';
import type { BatchSource } from '../../../../shared/image/batch';
import { failed, ok, type Result } from '../../../../shared/result';
import type { Grants } from '../../grants';
import { findPictures } from './findPictures';
import { naturalOrder } from './naturalOrder';

/** A picture of a batch. */
export interface BatchFile {
  readonly path: string;
  readonly name: string;
}

/** The files of a batch in the order of their names. */
export async function batchFiles(
  source: BatchSource,
  grants: Grants,
): Promise<Result<readonly BatchFile[], Failure>> {
  const paths = source.kind === 'folder' ? await inFolder(source, grants) : chosen(source, grants);
  if (!paths.ok) return paths;
  const files = paths.value.map((file) => ({ path: file, name: path.basename(file) }));
  return ok(files.sort((a, b) => naturalOrder(a.name, b.name) || naturalOrder(a.path, b.path)));
}

async function inFolder(
  { folder, names }: Extract<BatchSource, { kind: 'folder' }>,
  grants: Grants,
): Promise<Result<string[], Failure>> {
  const granted = grants.path(folder, 'read');
  if (!granted.ok) return granted;
  // Only files of the folder itself.
  if (names?.some((name) => path.basename(name) !== name)) return failed({ kind: 'notGranted' });
  const inside = (name: string): string => path.join(granted.value, name);
  if (names !== null) {
    const own = [...new Set(names)];
    return own.length === 0
      ? failed({ kind: 'noPictures', folder: path.basename(granted.value) })
      : ok(own.map(inside));
  }
  const found = await findPictures(granted.value);
  return found.ok ? ok(found.value.pictures.map(({ name }) => inside(name))) : found;
}

function chosen(
  { files }: Extract<BatchSource, { kind: 'files' }>,
  grants: Grants,
): Result<string[], Failure> {
  const paths: string[] = [];
  for (const file of files) {
    const granted = grants.path(file, 'read');
    if (!granted.ok) return granted;
    paths.push(granted.value);
  }
  return ok([...new Set(paths)]);
}
