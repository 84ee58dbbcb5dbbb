import type { Handlers } from '../../../shared/contract/port';
import type { ServiceState } from '../handlers';
import { folderHandlers } from './folderHandlers';
import { openHandlers } from './openHandlers';
import { paintingHandlers } from './paintingHandlers';
import { saveHandlers } from './saveHandlers';
import { segmentHandlers } from './segmentHandlers';
import { viewHandlers } from './viewHandlers';

export type PictureHandlers = Pick<
  Handlers,
  Extract<keyof Handlers, `${'picture' | 'painting' | 'palette' | 'segments' | 'folder'}.${string}`>
>;

/** The handlers of all calls about pictures. */
export const pictureHandlers = (state: ServiceState): PictureHandlers => ({
  ...openHandlers(state),
  ...paintingHandlers(state),
  ...viewHandlers(state),
  ...segmentHandlers(state),
  ...saveHandlers(state),
  ...folderHandlers(state),
});
