import type { Failure } from '../../../shared/failure';
import type { FrameChoice, FrameTimes } from '../../../shared/image/frames';
import type { PictureFacts } from '../../../shared/image/pictureFacts';
import type { Pixels } from '../../../shared/image/pixels';
import { failed, type Result } from '../../../shared/result';
import { withByteSource } from '../byteSource';
import { recogniseFormat } from '../recogniseFormat';
import { decodeBmp } from './bmp/decodeBmp';
import { decodeBySharp } from './decodeBySharp';
import { maxFileBytes, maxPixels } from './pictureLimits';
import { recognisePicture, recogniseUnread } from './recognisePicture';

/** A picture as it was read, and what was done to it. */
export interface DecodedImage {
  readonly pixels: Pixels;
  readonly facts: PictureFacts;
  /** null: it is a single picture. */
  readonly times: FrameTimes | null;
}

export interface DecodeOptions {
  /** Checked before and after decoding. */
  readonly signal?: AbortSignal;
  /** Most pixels that are read. @default 200 million */
  readonly maxPixels?: number;
  /** @default 0, the first */
  readonly frame?: FrameChoice;
}

/**
 * Reads a picture of a file, or all of its pictures one under another, as upright sRGB of 8 bits a channel. Sizes are checked by the file's header, before
 * any memory is taken for its pixels; what is cut off or damaged is refused as a whole.
 */
export function decodeImage(
  path: string,
  options: DecodeOptions = {},
): Promise<Result<DecodedImage, Failure>> {
  return withByteSource(path, async (source) => {
    const file = source.fileName;
    const isStopped = (): boolean => options.signal?.aborted === true;
    if (source.sizeBytes === 0) return failed({ kind: 'emptyFile', file });
    const head = await source.head(4096);
    const format = recognisePicture(head);
    if (format === null) {
      const unread = recogniseUnread(head);
      if (unread !== null) return failed({ kind: 'unreadPicture', file, format: unread });
      const other = recogniseFormat(head);
      return failed({
        kind: 'notAPicture',
        file,
        looksLike: other.kind === 'other' ? other.looksLike : null,
      });
    }
    if (source.sizeBytes > maxFileBytes) {
      const problem = `it has more than ${maxFileBytes / 1e6} MB, the most that is read`;
      return failed({ kind: 'damagedPicture', file, format, problem });
    }
    const bytes = Buffer.alloc(source.sizeBytes);
    const filled = await source.fill(bytes, 0);
    if (isStopped()) return failed({ kind: 'cancelled' });
    const limit = options.maxPixels ?? maxPixels;
    const decode = format === 'bmp' ? decodeBmp : decodeBySharp;
    const decoded = await decode(bytes.subarray(0, filled), {
      file,
      format,
      maxPixels: limit,
      frame: options.frame ?? 0,
    });
    return isStopped() ? failed({ kind: 'cancelled' }) : decoded;
  });
}
