import type { ServiceState } from '../handlers';
import type { PictureHandlers } from './handlers';

/** Palettes: fitted, given, changed, measured. */
export function paintingHandlers(
  _state: ServiceState,
): Pick<
  PictureHandlers,
  | 'picture.quantise'
  | 'picture.paintWith'
  | 'painting.edit'
  | 'painting.forget'
  | 'painting.measure'
  | 'picture.curve'
  | 'palette.read'
> {
  return {
    'picture.quantise': () => Promise.reject(new Error('not there yet')),
    'picture.paintWith': () => Promise.reject(new Error('not there yet')),
    'painting.edit': () => Promise.reject(new Error('not there yet')),
    'painting.forget': () => Promise.reject(new Error('not there yet')),
    'painting.measure': () => Promise.reject(new Error('not there yet')),
    'picture.curve': () => Promise.reject(new Error('not there yet')),
    'palette.read': () => Promise.reject(new Error('not there yet')),
  };
}
