import { z } from 'zod';
import { grantId } from './ids';

/**
 * What the window may ask of the desktop: dialogs, dropped files, the port to the service. The preload exposes
 * it as `window.desktop`; main answers. Paths never reach the window, only grants for them.
 */
export const grantedFile = z.object({ grant: grantId, name: z.string() });
export type GrantedFile = z.infer<typeof grantedFile>;

/** The examples that ship with the program, by the name of their file. */
export const exampleName = z.enum(['faithful', 'iris', 'wine']);
export type ExampleName = z.infer<typeof exampleName>;

export const saveKind = z.enum(['csv', 'json']);
export type SaveKind = z.infer<typeof saveKind>;

/** Commands of the application menu that the window carries out. */
export const menuCommand = z.enum(['open', 'exportRows', 'exportModel', 'fit', 'about']);
export type MenuCommand = z.infer<typeof menuCommand>;

export const serviceState = z.discriminatedUnion('kind', [
  /** The service process went away: why, in words. A new one is being started. */
  z.object({ kind: z.literal('lost'), reason: z.string() }),
]);
export type ServiceState = z.infer<typeof serviceState>;

export interface Desktop {
  /** null: the person changed their mind. */
  chooseTable(): Promise<GrantedFile | null>;
  /** For a file dropped on the window; null when it is not a file of this computer. */
  grantDropped(file: File): Promise<GrantedFile | null>;
  openExample(name: ExampleName): Promise<GrantedFile>;
  chooseSave(suggestedName: string, kind: SaveKind): Promise<GrantedFile | null>;
  /** Asks for a port to the service. It arrives as a window message with data `servicePortMessage`. */
  connect(): void;
  onService(listener: (state: ServiceState) => void): void;
  onMenu(listener: (command: MenuCommand) => void): void;
  readonly versions: { readonly mixtura: string; readonly electron: string; readonly chromium: string };
}
