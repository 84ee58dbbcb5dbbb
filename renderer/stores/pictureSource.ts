import type { GrantedFile } from '../../shared/desktop';
import { formatCounted } from '../../shared/format';
import type { BatchSource, FolderPicture } from '../../shared/image/batch';

/** The pictures of a batch. */
export interface PictureSource {
  readonly pictures: readonly FolderPicture[];
  /** Files that came with them and are no pictures. */
  readonly others: number;
  /** The folder they lie in, or each on its own, by name. */
  readonly from: GrantedFile | ReadonlyMap<string, GrantedFile>;
}

const isFolder = (from: PictureSource['from']): from is GrantedFile => !(from instanceof Map);

/** What the pictures are called together. */
export const sourceName = ({ from, pictures }: PictureSource): string =>
  isFolder(from) ? from.name : formatCounted(pictures.length, 'chosen picture');

/** How one of the pictures is asked for: its own file, or the folder and its name there. */
export function pictureIn({ from }: PictureSource, name: string): { file: GrantedFile; name?: string } {
  if (isFolder(from)) return { file: from, name };
  const file = from.get(name);
  if (file === undefined) throw new Error(`"${name}" is none of the pictures of the batch`);
  return { file };
}

/** The pictures of these names, as the service wants them. */
export const sourceOf = (source: PictureSource, names: readonly string[]): BatchSource =>
  isFolder(source.from)
    ? { kind: 'folder', folder: source.from.grant, names: [...names] }
    : { kind: 'files', files: names.map((name) => pictureIn(source, name).file.grant) };
