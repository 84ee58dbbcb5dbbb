import type { ServiceState } from '../handlers';
import type { PictureHandlers } from './handlers';

/** Pictures as they are drawn. */
export function viewHandlers(_state: ServiceState): Pick<PictureHandlers, 'picture.view'> {
  return {
    'picture.view': () => Promise.reject(new Error('not there yet')),
  };
}
