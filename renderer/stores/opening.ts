import { defineStore } from 'pinia';
import type { DroppedFile, GrantedFile } from '../../shared/desktop';
import { formatCounted } from '../../shared/format';
import { useDesktop } from '../client/desktop';
import { useService } from '../client/service';
import type { ChosenPicture } from '../composables/useBatchPictures';
import { useBatch } from './batch';
import { usePictures } from './pictures';
import { useTables } from './tables';
import { useWorkspace } from './workspace';

/** What becomes of files and folders that a person gives: a table, a picture, or many pictures. */
export const useOpening = defineStore('opening', () => {
  const desktop = useDesktop();
  const service = useService();
  const workspace = useWorkspace();
  const tables = useTables();
  const pictures = usePictures();
  const batch = useBatch();

  let latest = 0;

  /** Opens a file as what its first bytes say it is. A later call replaces one that is still looking. */
  async function open(file: GrantedFile): Promise<void> {
    const mine = ++latest;
    const result = await service.call('picture.recognise', { file: file.grant });
    if (mine !== latest) return;
    // What is no picture, or cannot be read at all, is the reader of tables' to tell; another picture is not.
    const isPicture = result.ok ? result.value.format !== null : result.failure.kind === 'unreadPicture';
    if (isPicture) await pictures.open(file);
    else await tables.open(file);
  }

  function openFolder(folder: GrantedFile): void {
    workspace.show('batch');
    void batch.openFolder(folder);
  }

  /**
   * Opens what was given at once: several pictures as a batch, else the first. What is left aside is said, for nobody
   * would miss it.
   */
  async function openAll(given: readonly DroppedFile[]): Promise<void> {
    const [first, second] = given;
    if (first === undefined) return;
    const mine = ++latest;
    const found = second === undefined ? [] : await picturesAmong(given);
    if (mine !== latest) return;
    if (found.length > 1) {
      openBatch(found, given);
      return;
    }
    if (first.isFolder) openFolder(first);
    else await open(first);
    sayLeft(given.slice(1));
  }

  /** Makes the pictures found among files the batch. */
  function openBatch(found: readonly ChosenPicture[], given: readonly GrantedFile[]): void {
    workspace.show('batch');
    const taken = new Set(found.map(({ file }) => file.grant));
    const others = given.filter(({ grant }) => !taken.has(grant));
    const again = batch.openFiles(found, others.length);
    if (again !== null) sayLeft([...others, ...again]);
  }

  async function picturesAmong(given: readonly DroppedFile[]): Promise<ChosenPicture[]> {
    const looked = await Promise.all(
      given.map(async (file) => {
        const result = file.isFolder ? null : await service.call('picture.recognise', { file: file.grant });
        if (!result?.ok || result.value.format === null) return null;
        return { file, format: result.value.format, sizeBytes: result.value.sizeBytes };
      }),
    );
    return looked.filter((picture) => picture !== null);
  }

  function sayLeft(left: readonly GrantedFile[]): void {
    const [first] = left;
    if (first === undefined) return;
    const more = left.length === 1 ? '' : ` and ${formatCounted(left.length - 1, 'other')}`;
    const them = left.length === 1 ? 'it by itself' : 'them one by one';
    workspace.say(`Left aside: ${first.name}${more}. Open ${them}.`);
  }

  /** Lets a person choose a table, a picture, or several. */
  async function chooseFiles(): Promise<void> {
    const files = await desktop.chooseFiles();
    await openAll(files.map((file) => ({ ...file, isFolder: false })));
  }

  /** Lets a person choose pictures for a batch, be it one. */
  async function choosePictures(): Promise<void> {
    const files = await desktop.chooseFiles();
    if (files.length === 0) return;
    const mine = ++latest;
    const found = await picturesAmong(files.map((file) => ({ ...file, isFolder: false })));
    if (mine !== latest) return;
    if (found.length === 0) workspace.say('No picture is among these files.', 'danger');
    else openBatch(found, files);
  }

  /** Lets a person choose a folder of pictures. */
  async function chooseFolder(): Promise<void> {
    const folder = await desktop.chooseFolder('pictures');
    if (folder !== null) openFolder(folder);
  }

  /** Opens what was dropped on the window. */
  async function takeDropped(dropped: readonly File[]): Promise<void> {
    const granted = await Promise.all(dropped.map((file) => desktop.grantDropped(file)));
    const given = granted.filter((file) => file !== null);
    if (given.length === 0 && dropped.length > 0)
      workspace.say('Only files of this computer can be opened.', 'danger');
    else await openAll(given);
  }

  return { open, chooseFiles, choosePictures, chooseFolder, takeDropped };
});
