import { ok, type Result } from '../../../shared/result';
import type { Failure } from '../../../shared/failure';
import type { FrameChoice } from '../../../shared/image/frames';
import { withByteSource } from '../byteSource';
import { bmpHeader } from './bmp/bmpHeader';
import { loadSharp } from './loadSharp';
import { maxFileBytes } from './pictureLimits';
import { recognisePicture } from './recognisePicture';

/** Most headers end within so many bytes; WebP and TIFF want the whole file, and so does who asks for all frames. */
const headBytes = 1 << 16;

/** How many pixels a picture has, or all of a file's, by their headers, before any is decoded. null: they do not tell. */
export function pixelsOfFile(path: string, frame: FrameChoice = 0): Promise<Result<number | null, Failure>> {
  return withByteSource(path, async (source) => {
    const head = await source.head(headBytes);
    const format = recognisePicture(head);
    if (format === null || source.sizeBytes > maxFileBytes) return ok(null);
    if (format === 'bmp') {
      const header = bmpHeader(head);
      return ok(typeof header === 'string' ? null : header.width * header.height);
    }
    const ofHead = frame === 0 ? await pixelsOf(head, frame) : null;
    return ok(ofHead ?? (await pixelsOf(await source.head(source.sizeBytes), frame)));
  });
}

function pixelsOf(bytes: Uint8Array, frame: FrameChoice): Promise<number | null> {
  const options = { failOn: 'none', limitInputPixels: false } as const;
  return loadSharp()(bytes, { ...options, page: frame === 'all' ? 0 : frame })
    .metadata()
    .then(
      ({ width, height, pages = 1 }) => width * height * (frame === 'all' ? pages : 1),
      // What is wrong with the file is said by who decodes it.
      () => null,
    );
}
