import { pixelsOfFile as readPixelsOfFile } from '../files/images/pixelsOfFile';
import type { PictureJob } from './pictureJob';

/** How many pixels a picture has by its header; null: it does not tell. */
export const pixelsOfFile: PictureJob<{ readonly path: string }, never, number | null> = ({ path }) =>
  readPixelsOfFile(path);
