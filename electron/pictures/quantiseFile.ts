import path from 'node:path';
import type { Failure } from '../../shared/failure';
import type { BatchExtra } from '../../shared/image/batch';
import type { FrameChoice } from '../../shared/image/frames';
import { hexOf } from '../../shared/image/hexColour';
import type { PaintingFormat, PaintingMeasures } from '../../shared/image/painting';
import type { PictureScale } from '../../shared/image/pictureScale';
import type { Colour, ColourGoal, QuantisationSpecification } from '../../shared/image/quantisation';
import type { SegmentationSettings } from '../../shared/image/segmentation';
import { failed, map, type Result } from '../../shared/result';
import { decodeImage } from '../files/images/decodeImage';
import { colourHistogram } from '../image/colourHistogram';
import { encodeExtras, type EncodedExtra } from './encodeExtras';
import { measurePainting } from './measurePainting';
import { paintPicture } from './paintPicture';
import type { JobContext, PictureJob } from './pictureJob';
import { quantisePicture } from './quantisePicture';
import type { SharedPainting } from './sharedPainting';
import type { SharedPicture } from './sharedPicture';

/** A picture of a batch, and what is made of it. */
export interface FileRequest {
  readonly path: string;
  readonly frame: FrameChoice;
  readonly specification: QuantisationSpecification;
  /** The palette it is painted with; null: one of its own is found. */
  readonly colours: readonly Colour[] | null;
  /** Of these colours, for the files beside it; '' or left out: the one nobody chose. */
  readonly names: readonly string[];
  readonly format: PaintingFormat;
  readonly extras: readonly BatchExtra[];
  /** Of the regions of extras. */
  readonly segments: SegmentationSettings;
  /** Of the table of areas. */
  readonly scale: PictureScale | null;
}

/** The file that was made of another, which is not written yet. */
export interface QuantisedFile {
  readonly file: Uint8Array;
  /** What is written beside it, in the order asked for. */
  readonly extras: readonly EncodedExtra[];
  readonly width: number;
  readonly height: number;
  /** Of this size. */
  readonly frames: number;
  /** In the file that was read. */
  readonly framesInFile: number;
  readonly bytesBefore: number;
  readonly measures: PaintingMeasures;
  /** By what the file itself comes to; null: colours were counted. */
  readonly isGoalReached: boolean | null;
}

/** Reads, quantises, encodes and measures a picture. Nothing of it stays in memory but the file. */
export const quantiseFile: PictureJob<FileRequest, never, QuantisedFile> = async (request, context) => {
  const decoded = await decodeImage(request.path, { frame: request.frame });
  if (!decoded.ok) return decoded;
  const { pixels, facts, times } = decoded.value;
  const picture = {
    fileName: path.basename(request.path),
    facts,
    pixels,
    times,
    histogram: colourHistogram(pixels),
  };
  // Only whole pictures are told of.
  const silent = { ...context, emit: () => undefined };
  const painting = await paintingOf(picture, request, silent);
  if (!painting.ok) return painting;
  if (context.shouldStop()) return failed({ kind: 'cancelled' });
  const { format, specification, segments: settings, scale } = request;
  const measured = await measurePainting({ picture, painting: painting.value, format }, silent);
  if (!measured.ok) return measured;
  if (context.shouldStop()) return failed({ kind: 'cancelled' });
  const { file, measures } = measured.value;
  const extras = await encodeExtras(
    request.extras,
    { picture, painting: painting.value, names: givenNames(request), settings, scale },
    silent,
  );
  return map(extras, (encoded) => ({
    file,
    extras: encoded,
    width: pixels.width,
    height: pixels.height / (pixels.frames ?? 1),
    frames: pixels.frames ?? 1,
    framesInFile: facts.frames,
    bytesBefore: facts.sizeBytes,
    measures,
    isGoalReached: isReached(specification.goal, measures),
  }));
};

/** By colour, for a painting has the colours that are given and sometimes one more; the first name of a colour counts. */
function givenNames({ colours, names }: FileRequest): ReadonlyMap<string, string> {
  const pairs = (colours ?? []).map((colour, at) => [hexOf(colour), names[at] ?? ''] as const);
  return new Map(pairs.reverse());
}

async function paintingOf(
  picture: SharedPicture,
  { specification, colours, format }: FileRequest,
  context: JobContext<unknown>,
): Promise<Result<SharedPainting, Failure>> {
  if (colours === null) {
    const made = await quantisePicture({ picture, specification, precision: 'exact', format }, context);
    return map(made, ({ painting }) => painting);
  }
  const { space, dithering, effort } = specification;
  return paintPicture({ picture, colours, space, dithering, effort, locked: false }, context);
}

function isReached(goal: ColourGoal, { bytes, quality }: PaintingMeasures): boolean | null {
  switch (goal.kind) {
    case 'count':
      return null;
    case 'bytes':
      return bytes <= goal.atMost;
    case 'quality':
      return (quality[goal.measure] ?? Infinity) >= goal.atLeast;
  }
}
