import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../shared/desktop';

/** The application menu. What concerns the data is carried out by the window, which knows whether it can. */
export function installMenu(send: (command: MenuCommand) => void): void {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => send(command),
    // The window listens to these keys itself, so that they work in it and in tests alike: shown, not registered.
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        item('Open…', 'open', 'CmdOrCtrl+O'),
        item('Open folder of pictures…', 'openFolder'),
        { type: 'separator' },
        item('Export rows…', 'exportRows', 'CmdOrCtrl+E'),
        item('Export model…', 'exportModel'),
        item('Save picture…', 'savePicture', 'CmdOrCtrl+E'),
        { type: 'separator' },
        process.platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    { label: 'Model', submenu: [item('Fit', 'fit', 'CmdOrCtrl+Enter')] },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { label: 'Help', submenu: [item('Keys', 'keys', 'F1'), item('About Mixtura', 'about')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
