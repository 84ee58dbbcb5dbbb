import path from 'node:path';
import type { Failure } from '../../shared/failure';
import type { BatchExtra } from '../../shared/image/batch';
import { hexOf } from '../../shared/image/hexColour';
import type { SegmentationSettings } from '../../shared/image/segmentation';
import { failed, ok, type Result } from '../../shared/result';
import { gimpPalette } from '../files/images/palettes/gimpPalette';
import { encodeLabelMap } from '../files/images/png/encodeLabelMap';
import { areaLines } from '../files/images/writeAreas';
import { colourName } from '../image/colourNames';
import { findSegments } from './findSegments';
import type { JobContext } from './pictureJob';
import { regionAreas } from './regionAreas';
import type { SharedPainting } from './sharedPainting';
import type { SharedPicture } from './sharedPicture';
import type { SharedSegmentation } from './sharedSegmentation';
import { wholeIndex } from './wholeIndex';

/** Lines of a table that is held in memory: about 100 MB. */
const mostLines = 1_000_000;

/** A painting of a batch, and how its regions are found. */
export interface ExtraRequest {
  readonly picture: SharedPicture;
  readonly painting: SharedPainting;
  /** By the colour in hexadecimal; '' or none: the one nobody chose. */
  readonly names: ReadonlyMap<string, string>;
  readonly settings: SegmentationSettings;
}

/** The files that are written beside the picture of a painting. Regions are found once for all of them. */
export async function encodeExtras(
  extras: readonly BatchExtra[],
  request: ExtraRequest,
  context: JobContext<unknown>,
): Promise<Result<readonly Uint8Array[], Failure>> {
  const { settings } = request;
  const needsRegions = extras.includes('areas') || (extras.includes('labelMap') && settings.smallest > 1);
  const found: Result<SharedSegmentation | null, Failure> = needsRegions
    ? await findSegments(request, context)
    : ok(null);
  const regions = found.ok && extras.includes('areas') ? (found.value?.regions.count ?? 0) : 0;
  if (regions > mostLines) return failed({ kind: 'regionsTooFine', regions, most: mostLines });
  if (!found.ok) return found;
  return ok(await Promise.all(extras.map((extra) => encodeExtra(extra, request, found.value))));
}

async function encodeExtra(
  extra: BatchExtra,
  { picture, painting, names }: ExtraRequest,
  segmentation: SharedSegmentation | null,
): Promise<Uint8Array> {
  const { width, height } = picture.pixels;
  const palette = painting.swatches.map(({ colour }) => ({
    ...colour,
    name: names.get(hexOf(colour)) || colourName(colour),
  }));
  switch (extra) {
    case 'labelMap':
      return encodeLabelMap(segmentation?.index ?? wholeIndex(picture, painting), width, height);
    case 'areas': {
      if (segmentation === null) throw new Error('areas need regions');
      return Buffer.from([...areaLines(regionAreas(segmentation), palette, null)].join(''));
    }
    case 'palette':
      return gimpPalette.write({ name: path.parse(picture.fileName).name, colours: palette });
  }
}
