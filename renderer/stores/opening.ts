import { defineStore } from 'pinia';
import type { GrantedFile } from '../../shared/desktop';
import { useDesktop } from '../client/desktop';
import { useService } from '../client/service';
import { useBatch } from './batch';
import { usePictures } from './pictures';
import { useTables } from './tables';
import { useWorkspace } from './workspace';

/** What becomes of a file or folder that a person gives: a table, a picture, or a folder of pictures. */
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
    // What is no picture, or cannot be read at all, is the reader of tables' to tell.
    if (result.ok && result.value.format !== null) await pictures.open(file);
    else await tables.open(file);
  }

  function openFolder(folder: GrantedFile): void {
    workspace.show('batch');
    void batch.openFolder(folder);
  }

  /** Lets a person choose a table or a picture. */
  async function chooseFile(): Promise<void> {
    const file = await desktop.chooseFile('any');
    if (file !== null) await open(file);
  }

  /** Lets a person choose a folder of pictures. */
  async function chooseFolder(): Promise<void> {
    const folder = await desktop.chooseFolder('pictures');
    if (folder !== null) openFolder(folder);
  }

  /** Opens the first of what was dropped on the window. */
  async function takeDropped(dropped: readonly File[]): Promise<void> {
    const [first] = dropped;
    if (first === undefined) return;
    const granted = await desktop.grantDropped(first);
    if (granted === null) {
      workspace.say('Only files of this computer can be opened.', 'danger');
      return;
    }
    if (granted.isFolder) openFolder(granted);
    else await open(granted);
    if (dropped.length > 1)
      workspace.say(
        `Only ${granted.name}, the first of ${dropped.length} files, was taken. Drop a folder for many pictures.`,
      );
  }

  return { open, chooseFile, chooseFolder, takeDropped };
});
