import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Failure } from '../../../../shared/failure';
import type { FolderPicture } from '../../../../shared/image/batch';
import type { PictureFormat } from '../../../../shared/image/pictureFacts';
import { failed, ok, type Result } from '../../../../shared/result';
import { withByteSource } from '../../../files/byteSource';
import { readFailure } from '../../../files/fileProblem';
import { recognisePicture } from '../../../files/images/recognisePicture';
import { naturalOrder } from './naturalOrder';

/** Files whose beginnings are read at the same time. */
const filesAtOnce = 16;

const formatOfEnd: ReadonlyMap<string, PictureFormat> = new Map([
  ['.png', 'png'],
  ['.jpg', 'jpeg'],
  ['.jpeg', 'jpeg'],
  ['.webp', 'webp'],
  ['.gif', 'gif'],
  ['.bmp', 'bmp'],
  ['.tif', 'tiff'],
  ['.tiff', 'tiff'],
  ['.avif', 'avif'],
]);

/**
 * The pictures of a folder itself, in natural order of their names, and how many other files are in it. A picture is what
 * begins like one, or is called so: what is damaged is then listed and refused with words, not passed over. Hidden files
 * are nobody's pictures.
 */
export async function findPictures(
  folder: string,
): Promise<Result<{ pictures: FolderPicture[]; others: number }, Failure>> {
  let names: string[];
  try {
    names = await namesOfFiles(folder);
  } catch (error) {
    return failed(readFailure(error, path.basename(folder)));
  }
  const pictures: FolderPicture[] = [];
  for (let at = 0; at < names.length; at += filesAtOnce) {
    const found = await Promise.all(
      names.slice(at, at + filesAtOnce).map((name) => lookAt(path.join(folder, name), name)),
    );
    for (const picture of found) if (picture !== null) pictures.push(picture);
  }
  if (pictures.length === 0) return failed({ kind: 'noPictures', folder: path.basename(folder) });
  pictures.sort((a, b) => naturalOrder(a.name, b.name));
  return ok({ pictures, others: names.length - pictures.length });
}

/** A link counts as what it leads to, which is not known before it is opened. */
async function namesOfFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map(({ name }) => name);
}

async function lookAt(file: string, name: string): Promise<FolderPicture | null> {
  const byName = formatOfEnd.get(path.extname(name).toLowerCase()) ?? null;
  const looked = await withByteSource(file, async (source) =>
    ok({ sizeBytes: source.sizeBytes, format: recognisePicture(await source.head(64)) ?? byName }),
  );
  // What cannot be read at all is named too, and refused later.
  const { sizeBytes, format } = looked.ok ? looked.value : { sizeBytes: 0, format: byName };
  return format === null ? null : { name, sizeBytes, format };
}
