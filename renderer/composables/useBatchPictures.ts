import { computed, ref, shallowRef } from 'vue';
import type { GrantedFile } from '../../shared/desktop';
import type { Failure } from '../../shared/failure';
import type { FolderPicture } from '../../shared/image/batch';
import type { PictureFormat } from '../../shared/image/pictureFacts';
import { useService } from '../client/service';
import type { PictureSource } from '../stores/pictureSource';

/** A picture that was chosen or dropped by itself. */
export interface ChosenPicture {
  readonly file: GrantedFile;
  readonly format: PictureFormat;
  readonly sizeBytes: number;
}

/** The pictures of a batch and which of them are taken. `isBusy` refuses others; `onNew` is told when there are others. */
export function useBatchPictures({
  isBusy,
  onNew,
}: {
  readonly isBusy: () => boolean;
  readonly onNew: () => void;
}) {
  const service = useService();
  const source = shallowRef<PictureSource | null>(null);
  /** The folder that is being looked through. */
  const opening = shallowRef<GrantedFile | null>(null);
  const openFailure = shallowRef<Failure | null>(null);
  /** Names of the pictures that are not taken. */
  const leftOut = ref<ReadonlySet<string>>(new Set());
  const chosen = computed(() =>
    (source.value?.pictures ?? []).filter(({ name }) => !leftOut.value.has(name)),
  );

  let openingNumber = 0;

  /**
   * Looks through a folder for pictures and makes it the source of the batch; the one before stays if it cannot be
   * read. True when the folder has pictures. Refused while a batch runs.
   */
  async function openFolder(folder: GrantedFile): Promise<boolean> {
    if (isBusy()) return false;
    const mine = ++openingNumber;
    opening.value = folder;
    openFailure.value = null;
    const answer = await service.call('folder.pictures', { folder: folder.grant });
    if (mine !== openingNumber) return false;
    opening.value = null;
    if (!answer.ok) {
      openFailure.value = answer.failure;
      return false;
    }
    const { pictures, others } = answer.value;
    begin({ from: folder, pictures, others });
    return pictures.length > 0;
  }

  /**
   * Makes pictures that were chosen one by one the source of the batch, and tells which are called as another one, which
   * are not taken. null: refused while a batch runs.
   */
  function openFiles(given: readonly ChosenPicture[], others: number): readonly GrantedFile[] | null {
    if (isBusy()) return null;
    openingNumber++;
    opening.value = null;
    openFailure.value = null;
    const files = new Map<string, GrantedFile>();
    const pictures: FolderPicture[] = [];
    const again: GrantedFile[] = [];
    for (const { file, format: kind, sizeBytes } of given) {
      if (files.has(file.name)) again.push(file);
      else {
        files.set(file.name, file);
        pictures.push({ name: file.name, format: kind, sizeBytes });
      }
    }
    begin({ from: files, pictures, others });
    return again;
  }

  function begin(next: PictureSource): void {
    source.value = next;
    leftOut.value = new Set();
    onNew();
  }

  /** Takes a picture, or leaves it out. */
  function take(name: string, isTaken: boolean): void {
    const next = new Set(leftOut.value);
    if (isTaken) next.delete(name);
    else next.add(name);
    leftOut.value = next;
  }

  /** Takes all pictures, or none. */
  function takeAll(isTaken: boolean): void {
    leftOut.value = new Set(isTaken ? [] : source.value?.pictures.map(({ name }) => name));
  }

  /** Leaves these out, beside what is left out already. */
  function leaveOut(names: readonly string[]): void {
    leftOut.value = new Set([...leftOut.value, ...names]);
  }

  return { source, opening, openFailure, leftOut, chosen, openFolder, openFiles, take, takeAll, leaveOut };
}
