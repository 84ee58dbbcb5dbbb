import type { Metadata, Sharp, SharpOptions } from 'sharp';
import type { Failure } from '../../../shared/failure';
import type { FrameTimes } from '../../../shared/image/frames';
import type { PictureFacts } from '../../../shared/image/pictureFacts';
import type { Pixels } from '../../../shared/image/pixels';
import { failed, map, ok, type Result } from '../../../shared/result';
import { colourNotes } from './colourNotes';
import type { DecodedImage } from './decodeImage';
import { loadSharp } from './loadSharp';
import { refuseFrame, refuseSize, type PictureSource } from './pictureLimits';
import { pngFrames } from './pngFrames';
import { profileName } from './profileName';

/** Our own limit is checked by the header, so that the words are ours too. */
const options: SharpOptions = { limitInputPixels: false, sequentialRead: true };

/** How long a page stays that tells no time. By eye. */
const usualDelayMs = 100;

/** Decodes everything but BMP. The pipeline works in strips, so beside the pixels little memory is taken. */
export async function decodeBySharp(
  bytes: Uint8Array,
  source: PictureSource,
): Promise<Result<DecodedImage, Failure>> {
  const { file, format, frame } = source;
  try {
    const first = await metadataOf(bytes, 0);
    const pages = format === 'png' ? 1 : (first.pages ?? 1);
    const frames = format === 'png' ? pngFrames(bytes) : pages;
    const refusal = refuseFrame(frames, pages, source);
    if (refusal !== null) return failed(refusal);
    if (frame === 'all' && pages > 1) return await decodeAll(bytes, first, pages, source);
    const page = frame === 'all' ? 0 : frame;
    const metadata = page === 0 ? first : await metadataOf(bytes, page);
    const wrong = refuseSize(metadata.width, metadata.height, source) ?? refuseKind(metadata, bytes, source);
    if (wrong !== null) return failed(wrong);
    const { hasFaults, ...pixels } = await pixelsOf(bytes, { page });
    const facts = { ...factsOf(metadata, bytes, source), hasFaults, frames, frame: page };
    return ok({ pixels, facts, times: null });
  } catch (error) {
    return failed({ kind: 'damagedPicture', file, format, problem: decodingProblem(error) });
  }
}

/** All pages, one under another. An animation is composed in one go; others' pages are turned one by one. */
async function decodeAll(
  bytes: Uint8Array,
  first: Metadata,
  pages: number,
  source: PictureSource,
): Promise<Result<DecodedImage, Failure>> {
  const wrong = refuseSize(first.width, first.height, source, pages) ?? refuseKind(first, bytes, source);
  if (wrong !== null) return failed(wrong);
  const isComposed = first.delay !== undefined && (first.orientation ?? 1) === 1;
  const decoded = isComposed
    ? ok({ ...(await pixelsOf(bytes, { pages: -1 })), frames: pages })
    : await pagesOf(bytes, first, pages, source);
  return map(decoded, ({ hasFaults, ...pixels }) => ({
    pixels,
    facts: { ...factsOf(first, bytes, source), hasFaults, frames: pages, frame: null },
    times: timesOf(first, pages),
  }));
}

async function pagesOf(
  bytes: Uint8Array,
  first: Metadata,
  pages: number,
  source: PictureSource,
): Promise<Result<Decoded, Failure>> {
  const rgba = new Uint8Array(4 * first.width * first.height * pages);
  let size = { width: 0, height: 0 };
  let hasFaults = false;
  for (let page = 0; page < pages; page++) {
    const metadata = await metadataOf(bytes, page);
    const wrong = refuseSize(metadata.width, metadata.height, source) ?? refuseKind(metadata, bytes, source);
    if (wrong !== null) return failed(wrong);
    const { rgba: own, hasFaults: ownFaults, ...ownSize } = await pixelsOf(bytes, { page });
    hasFaults ||= ownFaults;
    if (page === 0) size = ownSize;
    if (size.width !== ownSize.width || size.height !== ownSize.height)
      return failed({ kind: 'framesDiffer', file: source.file });
    rgba.set(own, page * own.length);
  }
  return ok({ width: size.width, height: size.height * pages, frames: pages, rgba, hasFaults });
}

const metadataOf = (bytes: Uint8Array, page: number): Promise<Metadata> =>
  loadSharp()(bytes, { ...options, page }).metadata();

/** Pixels, and whether the decoder met faults in their file that it could go on after. */
interface Decoded extends Pixels {
  readonly hasFaults: boolean;
}

/**
 * Decodes what has no fault at all, else what is whole: a damaged JPEG can come out grey from somewhere on, and many sound
 * ones have a few bytes too many.
 */
async function pixelsOf(bytes: Uint8Array, which: Pick<SharpOptions, 'page' | 'pages'>): Promise<Decoded> {
  try {
    return { ...(await decode(bytes, { ...which, failOn: 'warning' })), hasFaults: false };
  } catch {
    return { ...(await decode(bytes, { ...which, failOn: 'error' })), hasFaults: true };
  }
}

async function decode(bytes: Uint8Array, own: SharpOptions): Promise<Pixels> {
  const picture: Sharp = loadSharp()(bytes, { ...options, ...own });
  const { data, info } = await picture
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const rgba = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { width: info.width, height: info.height, rgba };
}

const timesOf = ({ delay = [], loop = 0 }: Metadata, frames: number): FrameTimes => ({
  delaysMs: Array.from({ length: frames }, (_, frame) => delay[frame] ?? usualDelayMs),
  timesShown: loop,
});

/** Levels that cannot be shown as sRGB without being told more. */
function refuseKind(metadata: Metadata, bytes: Uint8Array, { file, format }: PictureSource): Failure | null {
  const problem = unshowable(metadata, colourNotes(bytes, format).isHighRange);
  return problem === null ? null : { kind: 'damagedPicture', file, format, problem };
}

function unshowable({ depth }: Metadata, isHighRange: boolean): string | null {
  if (isHighRange) return 'it is of high dynamic range (HDR); save it with standard range (SDR)';
  if (depth === 'uchar' || depth === 'ushort') return null;
  return 'its channels are not whole numbers of 8 or 16 bits; save it with 8 or 16 bits a channel';
}

function factsOf(
  metadata: Metadata,
  bytes: Uint8Array,
  { format }: PictureSource,
): Omit<PictureFacts, 'frames' | 'frame' | 'hasFaults'> {
  const { space, icc, orientation = 1 } = metadata;
  const name = icc === undefined ? null : profileName(icc);
  return {
    format,
    sizeBytes: bytes.length,
    storedWidth: metadata.width,
    storedHeight: metadata.height,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    profile: name === null || /\bsRGB\b/i.test(name) ? null : name,
    unapplied: icc === undefined ? colourNotes(bytes, format).unapplied : null,
    colours: space === 'cmyk' ? 'cmyk' : isGrey(metadata) ? 'grey' : 'colour',
    bits: metadata.depth === 'ushort' ? (metadata.bitsPerSample ?? 16) : 8,
    hasOpacity: metadata.hasAlpha,
  };
}

const isGrey = ({ space, channels, hasAlpha }: Metadata): boolean =>
  /^(b-w|grey16)$/.test(space) || channels - (hasAlpha ? 1 : 0) === 1;

/** What a decoder complains of, in words that fit after "it cannot be read:". Its own words where none are ours. */
function decodingProblem(error: unknown): string {
  if (!(error instanceof Error) || error instanceof TypeError) throw error;
  const text = error.message.toLowerCase();
  if (/premature end|truncat|not enough data|unexpected end|read error|end of file|end of input/.test(text)) {
    return 'it is cut off or damaged';
  }
  if (/unsupported image format|no known saver|blocked|not a known file format/.test(text)) {
    return 'it is damaged, or of a kind that is not read';
  }
  if (text.includes('labq')) return 'its colours are stored as CIELAB; save it as sRGB';
  const told = (text.split('\n')[0] ?? '').replace(/^input buffer has corrupt header:?/, '');
  // Who says it, and what says nothing to a person.
  const detail = told.replace(/(^|: *)\w+: /g, '').trim();
  return /^$|unknown error|^unable to|bad seek/.test(detail) ? 'it is damaged' : `it is damaged (${detail})`;
}
