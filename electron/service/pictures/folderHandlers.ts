import type { ServiceState } from '../handlers';
import type { PictureHandlers } from './handlers';

/** Many pictures at once. */
export function folderHandlers(
  _state: ServiceState,
): Pick<PictureHandlers, 'folder.pictures' | 'folder.quantise'> {
  return {
    'folder.pictures': () => Promise.reject(new Error('not there yet')),
    'folder.quantise': () => Promise.reject(new Error('not there yet')),
  };
}
