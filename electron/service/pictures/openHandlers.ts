import { stat } from 'node:fs/promises';
import path from 'node:path';
import { failed, map, ok } from '../../../shared/result';
import { withByteSource } from '../../files/byteSource';
import { recognisePicture, recogniseUnread } from '../../files/images/recognisePicture';
import type { SharedPicture } from '../../pictures/sharedPicture';
import type { ServiceState } from '../serviceState';
import type { PictureHandlers } from './pictureHandlers';

/** Opening and closing pictures. */
export function openHandlers({
  grants,
  pictures,
  pictureThreads,
}: ServiceState): Pick<PictureHandlers, 'picture.recognise' | 'picture.open' | 'picture.close'> {
  return {
    'picture.recognise': async ({ file }) => {
      const granted = grants.path(file, 'read');
      if (!granted.ok) return granted;
      return withByteSource(granted.value, async ({ fileName, sizeBytes, head }) => {
        const bytes = await head(4096);
        const format = recognisePicture(bytes);
        const unread = format === null ? recogniseUnread(bytes) : null;
        return unread === null
          ? ok({ format, sizeBytes })
          : failed({ kind: 'unreadPicture', file: fileName, format: unread });
      });
    },

    'picture.open': async ({ file, name, frame }, { signal }) => {
      const granted = grants.path(file, 'read');
      if (!granted.ok) return granted;
      // Only files of the folder itself.
      if (name !== undefined && path.basename(name) !== name) return failed({ kind: 'notGranted' });
      if (name === undefined && (await isFolder(granted.value))) return failed({ kind: 'notGranted' });
      const whole = name === undefined ? granted.value : path.join(granted.value, name);
      const decoded = await pictureThreads.run('long', 'decodePicture', { path: whole, frame }, { signal });
      return map(decoded, (picture) => ({ picture: pictures.add(picture, whole), ...factsOf(picture) }));
    },

    'picture.close': ({ picture }) => {
      pictures.close(picture);
      return Promise.resolve(ok({}));
    },
  };
}

const isFolder = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );

const factsOf = ({ fileName, facts, pixels, histogram }: SharedPicture) => ({
  fileName,
  facts,
  width: pixels.width,
  height: pixels.height / (pixels.frames ?? 1),
  frames: pixels.frames ?? 1,
  colours: histogram.size,
  transparentPixels: histogram.transparent,
  isPartlyTransparent: histogram.opaque < histogram.size,
});
