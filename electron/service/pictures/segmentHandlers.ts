import { failed, map, ok } from '../../../shared/result';
import { regionAt } from '../../image/segments/mask';
import { segmentOf } from '../../pictures/segmentOf';
import type { ServiceState } from '../serviceState';
import type { PictureHandlers } from './pictureHandlers';
import { notThere, outside } from './notThere';
import { regionsOfColour } from './regionsOfColour';

/** Connected regions. */
export function segmentHandlers({
  pictures,
  pictureThreads,
}: ServiceState): Pick<PictureHandlers, 'segments.find' | 'segments.list' | 'segments.at'> {
  return {
    'segments.find': async ({ painting: paintingId, settings }, { signal, emit }) => {
      const open = pictures.painting(paintingId);
      if (!open.ok) return open;
      const { picture, painting } = open.value;
      const found = await pictureThreads.run(
        'regions',
        'findSegments',
        { picture, painting, settings },
        { signal, onEvent: emit },
      );
      return map(found, (segmentation) => ({
        segmentation: pictures.addSegmentation(paintingId, open.value, segmentation),
        painting: paintingId,
        settings,
        regions: segmentation.regions.count,
        covers: [...segmentation.covers],
      }));
    },

    'segments.list': ({ segmentation: id, at, first, count }) => {
      const open = pictures.segmentation(id);
      if (!open.ok) return Promise.resolve(open);
      const { segmentation } = open.value;
      const { covers, regions } = segmentation;
      if (at !== null && at >= covers.length)
        return Promise.resolve(failed(notThere('at', 'colours', covers.length)));
      const total = at === null ? regions.count : covers[at].regions;
      const chosen =
        at === null
          ? Array.from({ length: Math.min(count, Math.max(0, total - first)) }, (_, i) => first + i)
          : regionsOfColour(segmentation, at, first, count);
      return Promise.resolve(
        ok({ total, segments: chosen.map((region) => segmentOf(segmentation, region)) }),
      );
    },

    'segments.at': ({ segmentation: id, x, y }) => {
      const open = pictures.segmentation(id);
      if (!open.ok) return Promise.resolve(open);
      const { segmentation } = open.value;
      const region = regionAt(segmentation.regions, x, y);
      return Promise.resolve(
        region === null
          ? failed(outside(x >= segmentation.regions.width ? 'x' : 'y', segmentation.regions))
          : ok(segmentOf(segmentation, region)),
      );
    },
  };
}
