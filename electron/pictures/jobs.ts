import { countColours } from './countColours';
import { countColoursOfFile } from './countColoursOfFile';
import { curvePointOf } from './curvePointOf';
import { decodePicture } from './decodePicture';
import { editPainting } from './editPainting';
import { encodeLabels, encodePaintingFile, encodePickMask } from './encodeSaved';
import { findSegments } from './findSegments';
import { fitColours } from './fitColours';
import { measurePainting } from './measurePainting';
import { paintPicture } from './paintPicture';
import { pixelsOfFile } from './pixelsOfFile';
import { quantiseFile } from './quantiseFile';
import { quantisePicture } from './quantisePicture';
import { scaleOriginal } from './scaleOriginal';
import { viewPainting, viewPreview } from './viewPainting';
import { probabilityOfPixels, viewProbability } from './viewProbability';
import { viewSegmentation } from './viewSegmentation';

/** Everything a picture thread can be asked to do, by name. */
export const jobs = {
  decodePicture,
  countColours,
  scaleOriginal,
  viewPainting,
  viewPreview,
  viewSegmentation,
  probabilityOfPixels,
  viewProbability,
  encodePaintingFile,
  encodeLabels,
  encodePickMask,
  quantisePicture,
  paintPicture,
  editPainting,
  measurePainting,
  curvePointOf,
  findSegments,
  pixelsOfFile,
  countColoursOfFile,
  fitColours,
  quantiseFile,
} as const;

export type Jobs = typeof jobs;
export type JobName = keyof Jobs;
export type JobBody<J extends JobName> = Parameters<Jobs[J]>[0];
export type JobEvent<J extends JobName> = Parameters<Parameters<Jobs[J]>[1]['emit']>[0];
export type JobResult<J extends JobName> = Awaited<ReturnType<Jobs[J]>>;

/** To a thread. */
export interface JobRequest {
  readonly job: JobName;
  readonly body: unknown;
  /** Of a `TaskControl`. */
  readonly control: SharedArrayBuffer;
}

/** From a thread: any number of events, then one result. */
export type JobMessage =
  { readonly kind: 'event'; readonly event: unknown } | { readonly kind: 'result'; readonly result: unknown };
