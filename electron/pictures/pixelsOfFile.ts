import type { FrameChoice } from '../../shared/image/frames';
import { pixelsOfFile as readPixelsOfFile } from '../files/images/pixelsOfFile';
import type { PictureJob } from './pictureJob';

/** How many pixels a picture has, or all of its file's, by their headers; null: they do not tell. */
export const pixelsOfFile: PictureJob<
  { readonly path: string; readonly frame: FrameChoice },
  never,
  number | null
> = ({ path, frame }) => readPixelsOfFile(path, frame);
