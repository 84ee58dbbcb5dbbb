import type { Metadata, Sharp, SharpOptions } from 'sharp';
import type { Failure } from '../../../shared/failure';
import type { PictureFacts } from '../../../shared/image/pictureFacts';
import { failed, ok, type Result } from '../../../shared/result';
import type { DecodedImage } from './decodeImage';
import { loadSharp } from './loadSharp';
import { refuseSize, type PictureSource } from './pictureLimits';
import { pngFrames } from './pngFrames';
import { profileName } from './profileName';

/** Decodes everything but BMP. The pipeline works in strips, so beside the pixels little memory is taken. */
export async function decodeBySharp(
  bytes: Uint8Array,
  source: PictureSource,
): Promise<Result<DecodedImage, Failure>> {
  const sharp = loadSharp();
  // Our own limit is checked below, by the header, so that the words are ours too.
  const options: SharpOptions = { failOn: 'error', limitInputPixels: false, sequentialRead: true };
  const open = (): Sharp => sharp(bytes, options);
  try {
    const metadata = await open().metadata();
    const refusal = refuseSize(metadata.width, metadata.height, source) ?? refuseKind(metadata, source);
    if (refusal !== null) return failed(refusal);
    const { data, info } = await open()
      .autoOrient()
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const rgba = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return ok({
      pixels: { width: info.width, height: info.height, rgba },
      facts: factsOf(metadata, bytes, source),
    });
  } catch (error) {
    const { file, format } = source;
    return failed({ kind: 'damagedPicture', file, format, problem: decodingProblem(error) });
  }
}

/** Numbers that have no fixed white cannot be shown without being told their range. */
function refuseKind(metadata: Metadata, { file, format }: PictureSource): Failure | null {
  if (metadata.depth === 'uchar' || metadata.depth === 'ushort') return null;
  const problem = 'its channels are not whole numbers of 8 or 16 bits; save it with 8 or 16 bits a channel';
  return { kind: 'damagedPicture', file, format, problem };
}

function factsOf(metadata: Metadata, bytes: Uint8Array, { format }: PictureSource): PictureFacts {
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
    frames: format === 'png' ? pngFrames(bytes) : (metadata.pages ?? 1),
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
