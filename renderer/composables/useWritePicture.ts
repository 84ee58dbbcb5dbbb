import type { PictureContent } from '../../shared/contract/pictureCalls';
import { useService } from '../client/service';
import type { Write } from './useSaving';

/** How a file of a picture, its palette or its segments is written. */
export function useWritePicture(): (content: PictureContent) => Write {
  const service = useService();
  return (content) =>
    (file, { signal, onFraction }) =>
      service.call(
        'picture.save',
        { file, content },
        { signal, onEvent: ({ fraction }) => onFraction(fraction) },
      );
}
