import type { PictureFormat } from '../../../shared/image/pictureFacts';

const signatures: readonly (readonly [format: PictureFormat, pattern: RegExp])[] = [
  // What follows tells whether the file was mangled on its way, which the decoder says.
  ['png', /^\x89PNG/],
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

/** Pictures of formats that are not read, by what they are called. */
const unread: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['HEIC', /^[^]{4}ftyp(hei[cxms]|hev[cmsx]|mif1|msf1)/],
  ['JPEG XL', /^(\xff\x0a|\0\0\0\x0cJXL \r\n\x87\n)/],
  ['JPEG 2000', /^(\xff\x4f\xff\x51|\0\0\0\x0cjP {2}\r\n\x87\n)/],
  ['Photoshop', /^8BPS/],
  // It may refer to other files, and has no pixels of its own.
  ['SVG', /^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/],
  ['Windows icon', /^\0\0[\x01\x02]\0[\x01-\xff]\0/],
];

/** What a picture is called that is of a format which is not read, by its first bytes; null: it is none. */
export function recogniseUnread(head: Uint8Array): string | null {
  const text = Buffer.from(head.subarray(0, 1024)).toString('latin1');
  return unread.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
