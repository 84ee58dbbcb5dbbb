import type { ServiceState } from '../serviceState';
import { folderHandlers } from './folderHandlers';
import { openHandlers } from './openHandlers';
import { paintingHandlers } from './paintingHandlers';
import type { PictureHandlers } from './pictureHandlers';
import { saveHandlers } from './saveHandlers';
import { segmentHandlers } from './segmentHandlers';
import { viewHandlers } from './viewHandlers';

/** The handlers of all calls about pictures. */
export const pictureHandlers = (state: ServiceState): PictureHandlers => ({
  ...openHandlers(state),
  ...paintingHandlers(state),
  ...viewHandlers(state),
  ...segmentHandlers(state),
  ...saveHandlers(state),
  ...folderHandlers(state),
});
