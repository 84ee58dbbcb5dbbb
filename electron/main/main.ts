import { app } from 'electron';
import { runCommandLine } from './commandLine';
import { createDesktop } from './desktop';
import { allowOnlyOwnPages, registerAppScheme } from './offline';

registerAppScheme();
// enableSandbox() would undo --no-sandbox for child processes, without which root cannot start Chromium at all.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

const isCommandLine = runCommandLine(process.argv.slice(app.isPackaged ? 1 : 2));

if (!isCommandLine) {
  if (app.requestSingleInstanceLock()) {
    allowOnlyOwnPages();
    // No top-level await: Electron 33 emits `ready` only after the entry module has settled.
    void app.whenReady().then(createDesktop);
    app.on('window-all-closed', () => app.quit());
  } else {
    app.quit();
  }
}
