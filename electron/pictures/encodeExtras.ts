import path from 'node:path';
import type { Failure } from '../../shared/failure';
import type { BatchExtra } from '../../shared/image/batch';
import { hexOf } from '../../shared/image/hexColour';
import type { PictureScale } from '../../shared/image/pictureScale';
import type { SegmentationSettings } from '../../shared/image/segmentation';
import { failed, ok, type Result } from '../../shared/result';
import { gimpPalette } from '../files/images/palettes/gimpPalette';
import { encodeLabelMap, encodeMask } from '../files/images/png/encodeLabelMap';
import { areaLines } from '../files/images/writeAreas';
import { colourName } from '../image/colourNames';
import { labelMap } from '../image/segments/labelMap';
import { mask } from '../image/segments/mask';
import { mostLabels } from './encodeSaved';
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
  /** Of the table of areas; null: pixels alone. */
  readonly scale: PictureScale | null;
}

/** A file that is written beside a picture, under its name with this end. */
export interface EncodedExtra {
  readonly end: string;
  readonly bytes: Uint8Array;
}

const maskEnd = (at: number): string => ` mask ${at}.png`;

const endOf: Readonly<Record<Exclude<BatchExtra, 'masks'>, string>> = {
  labelMap: ' labels.png',
  regionMap: ' regions.png',
  areas: ' areas.csv',
  palette: '.gpl',
};

/** Every end that names of such files may have; a palette has at most 256 colours. */
export const endsOfExtra = (extra: BatchExtra): readonly string[] =>
  extra === 'masks' ? Array.from({ length: 256 }, (_, at) => maskEnd(at)) : [endOf[extra]];

/** The files that are written beside the picture of a painting. Regions are found once for all of them. */
export async function encodeExtras(
  extras: readonly BatchExtra[],
  request: ExtraRequest,
  context: JobContext<unknown>,
): Promise<Result<readonly EncodedExtra[], Failure>> {
  const needsRegions = extras.some(
    (extra) =>
      extra === 'areas' || extra === 'regionMap' || (extra !== 'palette' && request.settings.smallest > 1),
  );
  const found: Result<SharedSegmentation | null, Failure> = needsRegions
    ? await findSegments(request, context)
    : ok(null);
  if (!found.ok) return found;
  const regions = found.value?.regions.count ?? 0;
  if (regions > mostLines && extras.includes('areas'))
    return failed({ kind: 'regionsTooFine', regions, most: mostLines });
  if (regions > mostLabels && extras.includes('regionMap'))
    return failed({ kind: 'tooManyRegions', regions, most: mostLabels });
  const encoded = await Promise.all(extras.map((extra) => encodeExtra(extra, request, found.value)));
  return ok(encoded.flat());
}

async function encodeExtra(
  extra: BatchExtra,
  { picture, painting, names, scale }: ExtraRequest,
  segmentation: SharedSegmentation | null,
): Promise<readonly EncodedExtra[]> {
  const { width, height } = picture.pixels;
  const colourOfEach = (): Uint8Array => segmentation?.index ?? wholeIndex(picture, painting);
  const palette = painting.swatches.map(({ colour }) => ({
    ...colour,
    name: names.get(hexOf(colour)) || colourName(colour),
  }));
  const one = (bytes: Uint8Array): readonly EncodedExtra[] =>
    endsOfExtra(extra).map((end) => ({ end, bytes }));
  switch (extra) {
    case 'labelMap':
      return one(await encodeLabelMap(colourOfEach(), width, height));
    case 'regionMap':
      return one(await encodeLabelMap(labelMap(needed(segmentation).regions).label, width, height));
    case 'areas': {
      const lines = areaLines(regionAreas(needed(segmentation)), palette, scale);
      return one(Buffer.from([...lines].join('')));
    }
    case 'masks': {
      const index = colourOfEach();
      return Promise.all(
        palette.map(async (_, at) => ({
          end: maskEnd(at),
          bytes: await encodeMask(mask(index, at), width, height),
        })),
      );
    }
    case 'palette':
      return one(gimpPalette.write({ name: path.parse(picture.fileName).name, colours: palette }));
  }
}

function needed(segmentation: SharedSegmentation | null): SharedSegmentation {
  if (segmentation === null) throw new Error('regions were not looked for');
  return segmentation;
}
