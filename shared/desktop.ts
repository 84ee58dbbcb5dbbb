import { z } from 'zod';
import { grantId } from './ids';

/**
 * What the window may ask of the desktop: dialogs, dropped files, the port to the service. The preload exposes
 * it as `window.desktop`; main answers. Paths never reach the window, only grants for them.
 */
export const grantedFile = z.object({ grant: grantId, name: z.string() });
export type GrantedFile = z.infer<typeof grantedFile>;

/** What was dropped on the window. */
export const droppedFile = grantedFile.extend({ isFolder: z.boolean() });
export type DroppedFile = z.infer<typeof droppedFile>;

/** The examples that ship with the program, by the name of their file. */
export const exampleName = z.enum(['faithful.csv', 'iris.csv', 'wine.csv', 'chelsea.png']);
export type ExampleName = z.infer<typeof exampleName>;

/** What is written, and with it the ends a file's name may have. */
export const saveKind = z.enum(['csv', 'json', 'png', 'gif', 'webp', 'palette']);
export type SaveKind = z.infer<typeof saveKind>;

/** What a folder is chosen for: pictures are read from it, or results written into it. */
export const folderUse = z.enum(['pictures', 'results']);
export type FolderUse = z.infer<typeof folderUse>;

/** Commands of the application menu that the window carries out. */
export const menuCommand = z.enum([
  'open',
  'openFolder',
  'exportRows',
  'exportModel',
  'savePicture',
  'fit',
  'keys',
  'about',
]);
export type MenuCommand = z.infer<typeof menuCommand>;

export const serviceState = z.discriminatedUnion('kind', [
  /** The service process went away: why, in words. A new one is being started. */
  z.object({ kind: z.literal('lost'), reason: z.string() }),
]);
export type ServiceState = z.infer<typeof serviceState>;

export interface Desktop {
  /** Tables or pictures to be opened; none: the person changed their mind. */
  chooseFiles(): Promise<readonly GrantedFile[]>;
  /** null: the person changed their mind. */
  choosePalette(): Promise<GrantedFile | null>;
  chooseFolder(use: FolderUse): Promise<GrantedFile | null>;
  /** For a file or folder dropped on the window; null when it is not of this computer. */
  grantDropped(file: File): Promise<DroppedFile | null>;
  openExample(name: ExampleName): Promise<GrantedFile>;
  chooseSave(suggestedName: string, kind: SaveKind): Promise<GrantedFile | null>;
  /** Asks for a port to the service. It arrives as a window message with data `servicePortMessage`. */
  connect(): void;
  onService(listener: (state: ServiceState) => void): void;
  onMenu(listener: (command: MenuCommand) => void): void;
  readonly versions: { readonly mixtura: string; readonly electron: string; readonly chromium: string };
}
