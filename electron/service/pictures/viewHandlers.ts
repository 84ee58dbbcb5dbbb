import type { PictureRegion } from '../../../shared/image/picture';
import type { Pixels } from '../../../shared/image/pixels';
import { failed } from '../../../shared/result';
import { sizeWithin } from '../../image/view/scaleDown';
import type { ServiceState } from '../handlers';
import type { PictureHandlers } from './handlers';
import { outside } from './notThere';
import { Views } from './views';

/** Pictures as they are drawn. */
export function viewHandlers({
  pictures,
  pictureThreads,
}: ServiceState): Pick<PictureHandlers, 'picture.view'> {
  const views = new Views(pictures, pictureThreads);
  return {
    'picture.view': async ({ picture: id, viewed, region, width, height }, { signal }) => {
      const open = pictures.get(id);
      if (!open.ok) return open;
      const { pixels } = open.value;
      if (!isInside(region, pixels)) return failed(outside('region', pixels));
      return views.view(open.value, viewed, { region, ...sizeWithin(region, width, height) }, signal);
    },
  };
}

const isInside = ({ left, top, width, height }: PictureRegion, picture: Pixels): boolean =>
  left + width <= picture.width && top + height <= picture.height;
