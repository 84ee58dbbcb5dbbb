import type { PictureRegion } from '../../../shared/image/picture';
import type { Pixels } from '../../../shared/image/pixels';
import { failed, map } from '../../../shared/result';
import { sizeWithin } from '../../image/view/scaleDown';
import type { ServiceState } from '../handlers';
import type { PictureHandlers } from './handlers';
import { outside } from './notThere';
import { ScaledOriginals } from './scaledOriginals';

/** Pictures as they are drawn. */
export function viewHandlers({
  pictures,
  pictureThreads,
}: ServiceState): Pick<PictureHandlers, 'picture.view'> {
  const originals = new ScaledOriginals(pictureThreads);
  return {
    'picture.view': async ({ picture: id, viewed, region, width, height }, { signal }) => {
      const open = pictures.get(id);
      if (!open.ok) return open;
      const picture = open.value;
      if (!isInside(region, picture.pixels)) return failed(outside('region', picture.pixels));
      const frame = { region, ...sizeWithin(region, width, height) };

      switch (viewed.kind) {
        case 'original':
          // What crosses to the window is a copy: it shares no memory with the service.
          return map(await originals.pixels(picture, frame, signal), ({ rgba, ...size }) => ({
            ...size,
            rgba: rgba.slice(),
          }));
        case 'painting':
        case 'difference': {
          const found = pictures.painting(viewed.painting);
          if (!found.ok) return found;
          if (found.value.picture !== picture) return failed({ kind: 'unknownPicture' });
          const { swatches, specification, index } = found.value.painting;
          const of = viewed.kind;
          if (index !== null) {
            return pictureThreads.run(
              'view',
              'viewPainting',
              { picture, swatches, index, of, frame },
              { signal },
            );
          }
          const scaled = await originals.counted(picture, frame, signal);
          if (!scaled.ok) return scaled;
          const body = { ...scaled.value, painting: { swatches, specification }, of };
          return pictureThreads.run('view', 'viewPreview', body, { signal });
        }
        case 'probability':
        case 'segmentation':
          return Promise.reject(new Error('not there yet'));
      }
    },
  };
}

const isInside = ({ left, top, width, height }: PictureRegion, picture: Pixels): boolean =>
  left + width <= picture.width && top + height <= picture.height;
