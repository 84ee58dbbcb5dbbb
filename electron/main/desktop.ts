import { stat } from 'node:fs/promises';
import path from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  nativeTheme,
  type FileFilter,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
} from 'electron';
import { z } from 'zod';
import {
  exampleName,
  folderUse,
  saveKind,
  type FolderUse,
  type GrantedFile,
  type SaveKind,
  type ServiceState,
} from '../../shared/desktop';
import { desktopChannels, versionSwitch } from '../../shared/desktopChannels';
import { installMenu } from './menu';
import { appOrigin, closeNetwork } from './offline';
import { ServiceHost } from './serviceHost';

/** Opens the window and answers what it may ask of the desktop. */
export async function createDesktop(): Promise<void> {
  await closeNetwork();
  const window = new BrowserWindow({
    title: 'Mixtura',
    width: 1280,
    height: 800,
    minWidth: 720,
    minHeight: 480,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181b' : '#ffffff',
    webPreferences: {
      additionalArguments: [`${versionSwitch}${app.getVersion()}`],
      preload: path.join(import.meta.dirname, '..', 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  const host = new ServiceHost((reason) => {
    if (!window.isDestroyed())
      window.webContents.send(desktopChannels.service, { kind: 'lost', reason } satisfies ServiceState);
  });
  app.on('will-quit', () => host.stop());
  app.on('second-instance', () => window.focus());
  answerWindow(window, host);
  installMenu((command) => window.webContents.send(desktopChannels.menu, command));
  window.once('ready-to-show', () => window.show());
  await window.loadURL(`${appOrigin}/index.html`);
}

function answerWindow(window: BrowserWindow, host: ServiceHost): void {
  const isOwn = (event: IpcMainEvent | IpcMainInvokeEvent): boolean =>
    event.sender === window.webContents && event.senderFrame?.origin === appOrigin;

  const granted = async (file: string, access: 'read' | 'write'): Promise<GrantedFile> => ({
    grant: await host.grant(file, access),
    name: path.basename(file),
  });

  /** A request with one argument of a given form, or none; anything else is refused before it is looked at. */
  const answer = <T>(
    channel: string,
    argument: z.ZodType<T>,
    handler: (value: T) => Promise<GrantedFile | readonly GrantedFile[] | null>,
  ): void =>
    ipcMain.handle(channel, (event, value: unknown) => {
      if (!isOwn(event)) throw new Error('Refused: not the program’s own window.');
      return handler(argument.parse(value));
    });

  answer(desktopChannels.chooseFiles, z.undefined(), async () => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: 'Open a table or pictures',
      properties: ['openFile', 'multiSelections'],
      filters: [
        { name: 'Tables and pictures', extensions: [...tables.extensions, ...pictures.extensions] },
        ...[tables, pictures, allFiles],
      ],
    });
    return Promise.all(filePaths.map((file) => granted(file, 'read')));
  });
  answer(desktopChannels.choosePalette, z.undefined(), async () => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: 'Open a palette',
      properties: ['openFile'],
      filters: [palettes, allFiles],
    });
    return filePaths[0] === undefined ? null : granted(filePaths[0], 'read');
  });
  answer(desktopChannels.chooseFolder, folderUse, async (use) => {
    const chosen = await dialog.showOpenDialog(window, {
      title: folderTitles[use],
      properties: ['openDirectory', 'createDirectory'],
    });
    if (chosen.filePaths[0] === undefined) return null;
    return granted(chosen.filePaths[0], use === 'pictures' ? 'read' : 'write');
  });
  answer(desktopChannels.grantDropped, z.string().min(1), async (file) => ({
    ...(await granted(file, 'read')),
    // What is not there any more is for who opens it to tell.
    isFolder: await stat(file).then(
      (found) => found.isDirectory(),
      () => false,
    ),
  }));
  answer(desktopChannels.openExample, exampleName, (name) =>
    granted(path.join(examplesFolder(), name), 'read'),
  );
  answer(
    desktopChannels.chooseSave,
    z.strictObject({ suggestedName: z.string(), kind: saveKind }),
    async ({ suggestedName, kind }) => {
      const chosen = await dialog.showSaveDialog(window, {
        defaultPath: path.join(app.getPath('documents'), path.basename(suggestedName)),
        filters: [saveFilters[kind]],
      });
      return chosen.filePath ? granted(chosen.filePath, 'write') : null;
    },
  );
  ipcMain.on(desktopChannels.connect, (event) => {
    if (isOwn(event) && event.senderFrame) host.connect(event.senderFrame, desktopChannels.port);
  });
}

const allFiles: FileFilter = { name: 'All files', extensions: ['*'] };
const tables: FileFilter = {
  name: 'Tables',
  extensions: ['csv', 'tsv', 'tab', 'txt', 'xlsx', 'xlsm', 'xls', 'ods'],
};
const pictures: FileFilter = {
  name: 'Pictures',
  extensions: ['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp', 'tif', 'tiff', 'avif'],
};
const palettes: FileFilter = { name: 'Palettes', extensions: ['gpl', 'act', 'ase', 'css', 'json'] };

const folderTitles: Record<FolderUse, string> = {
  pictures: 'Open a folder of pictures',
  results: 'Choose a folder for the results',
};

const saveFilters: Record<SaveKind, FileFilter> = {
  csv: { name: 'Comma-separated values', extensions: ['csv'] },
  json: { name: 'JSON', extensions: ['json'] },
  png: { name: 'PNG', extensions: ['png'] },
  gif: { name: 'GIF', extensions: ['gif'] },
  webp: { name: 'WebP', extensions: ['webp'] },
  palette: palettes,
};

function examplesFolder(): string {
  return app.isPackaged
    ? path.join(process.resourcesPath, 'examples')
    : path.join(app.getAppPath(), 'examples');
}
