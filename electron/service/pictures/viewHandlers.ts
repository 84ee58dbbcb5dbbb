import type { PictureRegion } from '../../../shared/image/picture';
import type { Pixels } from '../../../shared/image/pixels';
import { failed } from '../../../shared/result';
import { sizeWithin } from '../../image/view/scaleDown';
import type { ServiceState } from '../serviceState';
import type { PictureHandlers } from './pictureHandlers';
import { notThere, outside } from './notThere';
import { Views } from './views';

/** Pictures as they are drawn. */
export function viewHandlers({
  pictures,
  pictureThreads,
}: ServiceState): Pick<PictureHandlers, 'picture.view'> {
  const views = new Views(pictures, pictureThreads);
  return {
    'picture.view': async ({ picture: id, viewed, frame, region, width, height }, { signal }) => {
      const open = pictures.get(id);
      if (!open.ok) return open;
      const { pixels } = open.value;
      const { frames = 1 } = pixels;
      const one = { width: pixels.width, height: pixels.height / frames };
      if (frame >= frames) return failed(notThere('frame', 'frames', frames));
      if (!isInside(region, one)) return failed(outside('region', one));
      const ofAll = { ...region, top: region.top + frame * one.height };
      return views.view(open.value, viewed, { region: ofAll, ...sizeWithin(region, width, height) }, signal);
    },
  };
}

const isInside = (
  { left, top, width, height }: PictureRegion,
  picture: Pick<Pixels, 'width' | 'height'>,
): boolean => left + width <= picture.width && top + height <= picture.height;
