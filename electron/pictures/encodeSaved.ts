import type { PaintingFormat } from '../../shared/image/painting';
import type { SegmentPick } from '../../shared/image/segmentation';
import { failed, map, ok } from '../../shared/result';
import { encodeLabelMap, encodeMask } from '../files/images/png/encodeLabelMap';
import { labelMap } from '../image/segments/labelMap';
import { mask } from '../image/segments/mask';
import { encodePainting } from './encodePainting';
import type { PictureJob } from './pictureJob';
import { shared } from './sharedMemory';
import type { SharedPainting } from './sharedPainting';
import type { SharedPicture } from './sharedPicture';
import type { SharedSegmentation } from './sharedSegmentation';
import { wholeIndex } from './wholeIndex';

/** The file of a painting, in shared memory. */
export const encodePaintingFile: PictureJob<
  { readonly picture: SharedPicture; readonly painting: SharedPainting; readonly format: PaintingFormat },
  never,
  Uint8Array
> = async ({ picture, painting, format }, { shouldStop }) => {
  const { pixels, times } = picture;
  const { width, height } = pixels;
  const index = wholeIndex(picture, painting);
  if (shouldStop()) return failed({ kind: 'cancelled' });
  return map(
    await encodePainting(
      { width, height, index, swatches: painting.swatches, effort: painting.specification.effort, times },
      format,
    ),
    shared,
  );
};

/** Largest number that a label map of 16 bits holds; 0 belongs to no region. */
export const mostLabels = 65_535;

/** The label map of a segmentation as PNG: places in the palette from 0, or regions from 1. */
export const encodeLabels: PictureJob<
  {
    readonly segmentation: Pick<SharedSegmentation, 'index' | 'regions'>;
    readonly of: 'colours' | 'regions';
  },
  never,
  Uint8Array
> = async ({ segmentation: { index, regions }, of }) => {
  const { width, height, count } = regions;
  if (of === 'colours') return ok(shared(await encodeLabelMap(index, width, height)));
  return count > mostLabels
    ? failed({ kind: 'tooManyRegions', regions: count, most: mostLabels })
    : ok(shared(await encodeLabelMap(labelMap(regions).label, width, height)));
};

/** The mask of what is picked as PNG: white where it is. */
export const encodePickMask: PictureJob<
  { readonly segmentation: Pick<SharedSegmentation, 'index' | 'regions'>; readonly pick: SegmentPick },
  never,
  Uint8Array
> = async ({ segmentation: { index, regions }, pick }) => {
  const white = pick.kind === 'region' ? mask(regions.label, pick.region) : mask(index, pick.at);
  return ok(shared(await encodeMask(white, regions.width, regions.height)));
};
