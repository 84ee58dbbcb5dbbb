import type { PictureRegion } from '../../shared/image/picture';
import type { Pixels } from '../../shared/image/pixels';
import { failed, ok } from '../../shared/result';
import { rowsOfPixels } from '../image/view/rows';
import { scaleDown } from '../image/view/scaleDown';
import type { PictureJob } from './pictureJob';
import { shared } from './sharedMemory';
import { isWhollyOpaque, type SharedPicture } from './sharedPicture';

/** What of a picture is drawn, and how large; `width` and `height` at most those of the region. */
export interface ViewFrame {
  readonly region: PictureRegion;
  readonly width: number;
  readonly height: number;
}

/** A region of the original at the size of a view, in shared memory. */
export const scaleOriginal: PictureJob<
  { readonly picture: SharedPicture; readonly frame: ViewFrame },
  never,
  Pixels
> = ({ picture, frame: { region, width, height } }, { shouldStop }) => {
  const rows = rowsOfPixels(picture.pixels, isWhollyOpaque(picture));
  const view = scaleDown(rows, region, width, height, shouldStop);
  return Promise.resolve(
    view === null ? failed({ kind: 'cancelled' }) : ok({ ...view, rgba: shared(view.rgba) }),
  );
};
