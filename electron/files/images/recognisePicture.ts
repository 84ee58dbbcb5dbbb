import type { PictureFormat } from '../../../shared/image/pictureFacts';

const signatures: readonly (readonly [format: PictureFormat, pattern: RegExp])[] = [
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['jpeg', /^\xff\xd8\xff/],
  ['gif', /^GIF8[79]a/],
  ['webp', /^RIFF[^]{4}WEBP/],
  ['bmp', /^BM[^]{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0/],
  // The second pair is BigTIFF.
  ['tiff', /^(II\*\0|MM\0\*|II\+\0|MM\0\+)/],
  ['avif', /^[^]{4}ftyp[^]*?avi[fs]/],
];

/** The format of a picture by its first bytes; its name says nothing. null: none that is read. */
export function recognisePicture(head: Uint8Array): PictureFormat | null {
  const text = Buffer.from(head.subarray(0, 64)).toString('latin1');
  return signatures.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
