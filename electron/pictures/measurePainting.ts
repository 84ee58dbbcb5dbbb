import type { Failure } from '../../shared/failure';
import type { PaintingFormat, PaintingMeasures } from '../../shared/image/painting';
import type { ColourSpace } from '../../shared/image/quantisation';
import { failed, map, ok, type Result } from '../../shared/result';
import { decodeBySharp } from '../files/images/decodeBySharp';
import { maxPixels } from '../files/images/pictureLimits';
import { colourHistogram } from '../image/colourHistogram';
import { distortionOf } from '../image/distortionOf';
import { pictureQuality } from '../image/pictureQuality';
import { encodePainting } from './encodePainting';
import type { PictureJob } from './pictureJob';
import { shared } from './sharedMemory';
import type { SharedPainting } from './sharedPainting';
import type { SharedPicture } from './sharedPicture';
import { wholeIndex } from './wholeIndex';

/** A painting of a picture, and the kind of file it becomes. */
export interface MeasureRequest {
  readonly picture: SharedPicture;
  readonly painting: SharedPainting;
  readonly format: PaintingFormat;
}

/** The file itself, in shared memory, and what it comes to. */
export interface MeasuredPainting {
  readonly file: Uint8Array;
  readonly measures: PaintingMeasures;
}

/** Encoding takes this share of the time, decoding little, comparing the rest. Measured with the optimiser of PNG. */
const encodedShare = 0.8;

/** Encodes a painting, decodes the file again and compares its pixels with the original's. */
export const measurePainting: PictureJob<
  MeasureRequest,
  { kind: 'progress'; fraction: number },
  MeasuredPainting
> = async ({ picture, painting, format }, { emit, shouldStop }) => {
  const { pixels, times } = picture;
  const { width, height } = pixels;
  const index = wholeIndex(picture, painting);
  const { swatches, specification } = painting;
  const { effort } = specification;
  const encoded = await encodePainting({ width, height, index, swatches, effort, times }, format);
  if (!encoded.ok) return encoded;
  if (shouldStop()) return failed({ kind: 'cancelled' });
  emit({ kind: 'progress', fraction: encodedShare });
  const measures = await measureFile(picture, encoded.value, format, specification.space);
  return map(measures, (found) => ({ file: shared(encoded.value), measures: found }));
};

/** What the file of a painting comes to, by its decoded pixels. */
async function measureFile(
  { fileName, pixels }: Pick<SharedPicture, 'fileName' | 'pixels'>,
  file: Uint8Array,
  format: PaintingFormat,
  space: ColourSpace,
): Promise<Result<PaintingMeasures, Failure>> {
  const kind = format === 'fullPng' ? 'png' : format;
  const decoded = await decodeBySharp(file, {
    file: fileName,
    format: kind,
    maxPixels,
    frame: 'all',
  });
  if (!decoded.ok) return decoded;
  const result = decoded.value.pixels;
  const { size, transparent } = colourHistogram(result);
  return ok({
    format,
    bytes: file.length,
    fileBitsPerPixel: (8 * file.length) / (pixels.width * pixels.height),
    bitDepth: bitDepthOf(file, format),
    colours: size + Math.min(1, transparent),
    quality: pictureQuality(pixels, result),
    distortion: distortionOf(pixels, result, space),
  });
}

/** Bits of a palette number, from the header of the file (W3C PNG 3rd edition, 11.2.1; GIF89a, 18). */
function bitDepthOf(file: Uint8Array, format: PaintingFormat): number | null {
  if (format === 'png') return file[24];
  return format === 'gif' ? (file[10] & 7) + 1 : null;
}
