import { z } from 'zod';
import { featureKind } from './features';
import { fitFailure } from './fitFailure';
import { paintingFormat } from './image/painting';
import { pictureFormat } from './image/pictureFacts';

const fileName = z.string();

/** Everything a person, a file or the machine can make go wrong, as data. Rows and columns count from 0. */
export const failure = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fileMissing'), file: fileName }),
  z.object({ kind: z.literal('fileUnreadable'), file: fileName, problem: z.string() }),
  z.object({ kind: z.literal('emptyFile'), file: fileName }),
  z.object({ kind: z.literal('noDataRows'), file: fileName, columns: z.int() }),
  z.object({ kind: z.literal('notATable'), file: fileName, looksLike: z.string().nullable() }),
  z.object({ kind: z.literal('damagedWorkbook'), file: fileName }),
  z.object({ kind: z.literal('encryptedWorkbook'), file: fileName }),
  z.object({ kind: z.literal('unknownSheet'), sheet: z.string(), sheets: z.array(z.string()) }),
  z.object({ kind: z.literal('emptySheet'), file: fileName, sheet: z.string(), sheets: z.array(z.string()) }),
  z.object({ kind: z.literal('tooLarge'), file: fileName, limit: z.string() }),
  // Pictures and palettes
  z.object({ kind: z.literal('notAPicture'), file: fileName, looksLike: z.string().nullable() }),
  /** A picture of a format that is not read. */
  z.object({ kind: z.literal('unreadPicture'), file: fileName, format: z.string() }),
  /** Cut off, damaged, or of a kind of its format that is not read. */
  z.object({
    kind: z.literal('damagedPicture'),
    file: fileName,
    format: pictureFormat,
    problem: z.string(),
  }),
  z.object({
    kind: z.literal('pictureTooLarge'),
    file: fileName,
    width: z.int(),
    height: z.int(),
    /** Of this size, together. */
    frames: z.int(),
    /** Most pixels that are read, in millions. */
    limitMegapixels: z.int(),
  }),
  /** `frame`: which was asked for, from 0; null: all of them. `frames`: how many can be read. */
  z.object({
    kind: z.literal('noSuchFrame'),
    file: fileName,
    frame: z.int().nullable(),
    frames: z.int(),
  }),
  /** The pictures in a file are not of one size. */
  z.object({ kind: z.literal('framesDiffer'), file: fileName }),
  /** What is found by the places of pixels is found in one picture. */
  z.object({ kind: z.literal('notOfFrames'), what: z.enum(['segments', 'places']) }),
  z.object({ kind: z.literal('badPalette'), file: fileName, problem: z.string() }),
  /** Locked colours, the transparent one and one for the rest are more than were asked for. */
  z.object({ kind: z.literal('tooFewColours'), colours: z.int(), needed: z.int() }),
  /** A mixture of Gaussians is of colours alone. */
  z.object({ kind: z.literal('mixtureOfPlaces') }),
  /** The colours do not hold so many components. */
  /** A format of files has no room for so many pixels a side. */
  z.object({
    kind: z.literal('sideTooLong'),
    format: paintingFormat,
    width: z.int(),
    height: z.int(),
    most: z.int(),
  }),
  /** A label map has at most 65,535 numbers. */
  z.object({ kind: z.literal('tooManyRegions'), regions: z.int(), most: z.int() }),
  /** More regions than are told apart: noise, or a dithered painting. */
  z.object({ kind: z.literal('regionsTooFine'), regions: z.int(), most: z.int() }),
  /** A result was to be written over a picture that is open. */
  z.object({ kind: z.literal('wouldReplaceOriginal'), file: fileName }),
  /** One palette for many pictures is fitted to their colours alone, and to a number of them. */
  z.object({ kind: z.literal('notForAll'), what: z.enum(['goal', 'places', 'mixture']) }),
  z.object({ kind: z.literal('noPictures'), folder: fileName }),
  z.object({ kind: z.literal('unknownPicture') }),
  z.object({ kind: z.literal('unknownColumn'), column: z.string(), columns: z.array(z.string()) }),
  z.object({
    kind: z.literal('columnNotNumeric'),
    column: z.string(),
    row: z.int().nullable(),
    text: z.string().nullable(),
  }),
  /** A column that the family has no likelihood for as it is taken: a category of too many levels, a text as yes/no. */
  z.object({
    kind: z.literal('columnNotSuitable'),
    column: z.string(),
    as: featureKind,
    problem: z.string(),
  }),
  z.object({ kind: z.literal('tooManyLabels'), column: z.string(), labels: z.int(), components: z.int() }),
  z.object({ kind: z.literal('noNumericColumn') }),
  z.object({ kind: z.literal('repeatedColumn'), column: z.string() }),
  z.object({ kind: z.literal('constantColumn'), column: z.string(), value: z.number() }),
  z.object({ kind: z.literal('missingCells'), column: z.string(), cells: z.int(), firstRow: z.int() }),
  z.object({ kind: z.literal('badWeight'), column: z.string(), row: z.int() }),
  /** All rows used weigh nothing. */
  z.object({ kind: z.literal('noWeight'), column: z.string() }),
  z.object({ kind: z.literal('noRowsLeft'), rows: z.int() }),
  z.object({ kind: z.literal('badScaling'), problem: z.string() }),
  /** No restart could be finished: why the first one could not, with the names of the features. */
  z.object({
    kind: z.literal('fitFailed'),
    failure: fitFailure,
    restarts: z.int(),
    features: z.array(z.string()),
  }),
  z.object({ kind: z.literal('notWritten'), file: fileName, problem: z.string() }),
  z.object({ kind: z.literal('notGranted') }),
  z.object({ kind: z.literal('unknownTable') }),
  z.object({ kind: z.literal('unknownFit') }),
  z.object({ kind: z.literal('unknownSelection') }),
  /** A request or file that is not of the agreed form: where in it, and what was expected. */
  z.object({ kind: z.literal('badRequest'), path: z.string(), problem: z.string() }),
  /** The person stopped it before there was anything to keep. */
  z.object({ kind: z.literal('cancelled') }),
  /** The time that was allowed for a fit was over before there was anything to keep. */
  z.object({ kind: z.literal('timeLimit') }),
  z.object({ kind: z.literal('serviceLost'), reason: z.string() }),
  /** A bug. `reference` is the number under which the service logged it. */
  z.object({ kind: z.literal('internal'), reference: z.string() }),
]);
export type Failure = z.infer<typeof failure>;
