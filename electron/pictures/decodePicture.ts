import path from 'node:path';
import type { FrameChoice } from '../../shared/image/frames';
import { failed, map } from '../../shared/result';
import { decodeImage } from '../files/images/decodeImage';
import type { PictureJob } from './pictureJob';
import { sharePicture, type SharedPicture } from './sharedPicture';

/** Reads a picture and counts its colours. */
export const decodePicture: PictureJob<
  { readonly path: string; readonly frame: FrameChoice },
  never,
  SharedPicture
> = async ({ path: file, frame }, { shouldStop }) => {
  const decoded = await decodeImage(file, { frame });
  if (shouldStop()) return failed({ kind: 'cancelled' });
  return map(decoded, (image) => sharePicture(path.basename(file), image));
};
