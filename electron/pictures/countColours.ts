import type { Pixels } from '../../shared/image/pixels';
import { ok } from '../../shared/result';
import { colourHistogram, type ColourHistogram } from '../image/colourHistogram';
import type { PictureJob } from './pictureJob';
import { shareHistogram } from './sharedPicture';

/** The colours of a picture in shared memory, there too. */
export const countColours: PictureJob<{ readonly pixels: Pixels }, never, ColourHistogram> = ({ pixels }) =>
  Promise.resolve(ok(shareHistogram(colourHistogram(pixels))));
