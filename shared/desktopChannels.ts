/** Names of the messages between preload and main. Apart from their schemas, so that the preload stays small. */
export const desktopChannels = {
  chooseFiles: 'desktop:choose-files',
  choosePalette: 'desktop:choose-palette',
  chooseFolder: 'desktop:choose-folder',
  grantDropped: 'desktop:grant-dropped',
  openExample: 'desktop:open-example',
  chooseSave: 'desktop:choose-save',
  connect: 'desktop:connect',
  port: 'desktop:port',
  service: 'desktop:service',
  menu: 'desktop:menu',
} as const;

/** The data of the window message that carries a port to the service. */
export const servicePortMessage = 'mixtura:service-port';

/** The command-line switch by which main tells the preload the program's version. */
export const versionSwitch = '--mixtura-version=';
