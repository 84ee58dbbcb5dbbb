import type { FrameChoice } from '../../shared/image/frames';
import { failed, ok } from '../../shared/result';
import { decodeImage } from '../files/images/decodeImage';
import { colourHistogram, type ColourHistogram } from '../image/colourHistogram';
import { joinHistograms } from '../image/joinHistograms';
import type { PictureJob } from './pictureJob';
import { shareHistogram } from './sharedPicture';

interface Body {
  readonly path: string;
  readonly frame: FrameChoice;
  /** The colours of other pictures; null: there are none yet. */
  readonly before: ColourHistogram | null;
}

/** Adds the colours of a picture to those of others, in shared memory. Nothing else is kept of it. */
export const countColoursOfFile: PictureJob<Body, never, ColourHistogram> = async (
  { path, frame, before },
  { shouldStop },
) => {
  const decoded = await decodeImage(path, { frame });
  if (!decoded.ok) return decoded;
  if (shouldStop()) return failed({ kind: 'cancelled' });
  const own = colourHistogram(decoded.value.pixels);
  return ok(shareHistogram(before === null ? own : joinHistograms(before, own)));
};
