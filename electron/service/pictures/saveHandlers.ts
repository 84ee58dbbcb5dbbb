import type { ServiceState } from '../handlers';
import type { PictureHandlers } from './handlers';

/** Files of paintings, palettes and segmentations. */
export function saveHandlers(_state: ServiceState): Pick<PictureHandlers, 'picture.save'> {
  return {
    'picture.save': () => Promise.reject(new Error('not there yet')),
  };
}
