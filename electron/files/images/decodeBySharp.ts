import type { Metadata, Sharp, SharpOptions } from 'sharp';
import type { Failure } from '../../../shared/failure';
import type { FrameTimes } from '../../../shared/image/frames';
import type { PictureFacts } from '../../../shared/image/pictureFacts';
import type { Pixels } from '../../../shared/image/pixels';
import { failed, ok, type Result } from '../../../shared/result';
import type { DecodedImage } from './decodeImage';
import { loadSharp } from './loadSharp';
import { refuseFrame, refuseSize, type PictureSource } from './pictureLimits';
import { pngFrames } from './pngFrames';
import { profileName } from './profileName';

/** Our own limit is checked by the header, so that the words are ours too. */
const options: SharpOptions = { failOn: 'error', limitInputPixels: false, sequentialRead: true };

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
    const wrong = refuseSize(metadata.width, metadata.height, source) ?? refuseKind(metadata, source);
    if (wrong !== null) return failed(wrong);
    const pixels = await pixelsOf(bytes, { page });
    return ok({ pixels, facts: { ...factsOf(metadata, bytes, source), frames, frame: page }, times: null });
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
  const wrong = refuseSize(first.width, first.height, source, pages) ?? refuseKind(first, source);
  if (wrong !== null) return failed(wrong);
  const isComposed = first.delay !== undefined && (first.orientation ?? 1) === 1;
  const pixels = isComposed
    ? ok({ ...(await pixelsOf(bytes, { pages: -1 })), frames: pages })
    : await pagesOf(bytes, first, pages, source);
  if (!pixels.ok) return pixels;
  return ok({
    pixels: pixels.value,
    facts: { ...factsOf(first, bytes, source), frames: pages, frame: null },
    times: timesOf(first, pages),
  });
}

async function pagesOf(
  bytes: Uint8Array,
  first: Metadata,
  pages: number,
  source: PictureSource,
): Promise<Result<Pixels, Failure>> {
  const rgba = new Uint8Array(4 * first.width * first.height * pages);
  let size = { width: 0, height: 0 };
  for (let page = 0; page < pages; page++) {
    const metadata = await metadataOf(bytes, page);
    const wrong = refuseSize(metadata.width, metadata.height, source) ?? refuseKind(metadata, source);
    if (wrong !== null) return failed(wrong);
    const { rgba: own, ...ownSize } = await pixelsOf(bytes, { page });
    if (page === 0) size = ownSize;
    if (size.width !== ownSize.width || size.height !== ownSize.height)
      return failed({ kind: 'framesDiffer', file: source.file });
    rgba.set(own, page * own.length);
  }
  return ok({ width: size.width, height: size.height * pages, frames: pages, rgba });
}

const metadataOf = (bytes: Uint8Array, page: number): Promise<Metadata> =>
  loadSharp()(bytes, { ...options, page }).metadata();

async function pixelsOf(bytes: Uint8Array, which: Pick<SharpOptions, 'page' | 'pages'>): Promise<Pixels> {
  const picture: Sharp = loadSharp()(bytes, { ...options, ...which });
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

/** Numbers that have no fixed white cannot be shown without being told their range. */
function refuseKind(metadata: Metadata, { file, format }: PictureSource): Failure | null {
  if (metadata.depth === 'uchar' || metadata.depth === 'ushort') return null;
  const problem = 'its channels are not whole numbers of 8 or 16 bits; save it with 8 or 16 bits a channel';
  return { kind: 'damagedPicture', file, format, problem };
}

function factsOf(
  metadata: Metadata,
  bytes: Uint8Array,
  { format }: PictureSource,
): Omit<PictureFacts, 'frames' | 'frame'> {
  const { space, icc, orientation = 1 } = metadata;
  const name = icc === undefined ? null : profileName(icc);
  return {
    format,
    sizeBytes: bytes.length,
    storedWidth: metadata.width,
    storedHeight: metadata.height,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    profile: name === null || /\bsRGB\b/i.test(name) ? null : name,
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
  return `it is damaged (${error.message.split('\n')[0] ?? ''})`;
}
