import type { ServiceState } from '../handlers';
import type { PictureHandlers } from './handlers';

/** Connected regions. */
export function segmentHandlers(
  _state: ServiceState,
): Pick<PictureHandlers, 'segments.find' | 'segments.list' | 'segments.at'> {
  return {
    'segments.find': () => Promise.reject(new Error('not there yet')),
    'segments.list': () => Promise.reject(new Error('not there yet')),
    'segments.at': () => Promise.reject(new Error('not there yet')),
  };
}
