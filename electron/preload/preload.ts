import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Desktop } from '../../shared/desktop';
import { desktopChannels, servicePortMessage, versionSwitch } from '../../shared/desktopChannels';

const desktop: Desktop = {
  chooseFiles: () => ipcRenderer.invoke(desktopChannels.chooseFiles),
  choosePalette: () => ipcRenderer.invoke(desktopChannels.choosePalette),
  chooseFolder: (use) => ipcRenderer.invoke(desktopChannels.chooseFolder, use),
  grantDropped: (file) => {
    const path = webUtils.getPathForFile(file);
    return path === '' ? Promise.resolve(null) : ipcRenderer.invoke(desktopChannels.grantDropped, path);
  },
  openExample: (name) => ipcRenderer.invoke(desktopChannels.openExample, name),
  chooseSave: (suggestedName, kind) =>
    ipcRenderer.invoke(desktopChannels.chooseSave, { suggestedName, kind }),
  connect: () => ipcRenderer.send(desktopChannels.connect),
  onService: (listener) => void ipcRenderer.on(desktopChannels.service, (_event, state) => listener(state)),
  onMenu: (listener) => void ipcRenderer.on(desktopChannels.menu, (_event, command) => listener(command)),
  versions: {
    mixtura: process.argv.find((arg) => arg.startsWith(versionSwitch))?.slice(versionSwitch.length) ?? '',
    electron: process.versions['electron'] ?? '',
    chromium: process.versions['chrome'] ?? '',
  },
};

contextBridge.exposeInMainWorld('desktop', desktop);

// Ports cannot cross the bridge; a window message takes them into the page's world.
ipcRenderer.on(desktopChannels.port, (event) => {
  window.postMessage(servicePortMessage, location.origin, event.ports);
});
