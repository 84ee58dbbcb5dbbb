import path from 'node:path';
import { failed, map } from '../../shared/result';
import { decodeImage } from '../files/images/decodeImage';
import type { PictureJob } from './pictureJob';
import { sharePicture, type SharedPicture } from './sharedPicture';

/** Reads a picture and counts its colours. */
export const decodePicture: PictureJob<{ readonly path: string }, never, SharedPicture> = async (
  { path: file },
  { shouldStop },
) => {
  const decoded = await decodeImage(file);
  if (shouldStop()) return failed({ kind: 'cancelled' });
  return map(decoded, ({ pixels, facts }) => sharePicture(path.basename(file), facts, pixels));
};
