import { ok, type Result } from '../../../shared/result';
import type { Failure } from '../../../shared/failure';
import { withByteSource } from '../byteSource';
import { bmpHeader } from './bmp/bmpHeader';
import { loadSharp } from './loadSharp';
import { maxFileBytes } from './pictureLimits';
import { recognisePicture } from './recognisePicture';

/** Most headers end within so many bytes; WebP and TIFF want the whole file. */
const headBytes = 1 << 16;

/** How many pixels a picture has by the header of its file, before any is decoded. null: it does not tell. */
export function pixelsOfFile(path: string): Promise<Result<number | null, Failure>> {
  return withByteSource(path, async (source) => {
    const head = await source.head(headBytes);
    const format = recognisePicture(head);
    if (format === null || source.sizeBytes > maxFileBytes) return ok(null);
    if (format === 'bmp') {
      const header = bmpHeader(head);
      return ok(typeof header === 'string' ? null : header.width * header.height);
    }
    return ok((await pixelsOf(head)) ?? (await pixelsOf(await source.head(source.sizeBytes))));
  });
}

function pixelsOf(bytes: Uint8Array): Promise<number | null> {
  const options = { failOn: 'none', limitInputPixels: false } as const;
  return loadSharp()(bytes, options)
    .metadata()
    .then(
      ({ width, height }) => width * height,
      // What is wrong with the file is said by who decodes it.
      () => null,
    );
}
