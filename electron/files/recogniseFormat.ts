/** What a file is, by its first bytes; its name says nothing. */
export type FileFormat =
  | { readonly kind: 'text' }
  /** A ZIP archive: perhaps an .xlsx or .ods. */
  | { readonly kind: 'zip' }
  /** A compound file of Office 97: perhaps an .xls or an encrypted .xlsx. */
  | { readonly kind: 'compound' }
  /** A workbook as one XML document (Excel 2003, flat OpenDocument). */
  | { readonly kind: 'xmlWorkbook' }
  | { readonly kind: 'other'; readonly looksLike: string };

const signatures: readonly (readonly [bytes: readonly number[], format: FileFormat])[] = [
  [[0x50, 0x4b, 0x03, 0x04], { kind: 'zip' }],
  [[0x50, 0x4b, 0x05, 0x06], { kind: 'zip' }],
  [[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], { kind: 'compound' }],
  ...(
    [
      ['%PDF-', 'a PDF document'],
      ['\x89PNG', 'a PNG picture'],
      ['\xff\xd8\xff', 'a JPEG picture'],
      ['GIF8', 'a GIF picture'],
      ['II*\0', 'a TIFF picture'],
      ['MM\0*', 'a TIFF picture'],
      ['\x1f\x8b', 'a gzip archive'],
      ['BZh', 'a bzip2 archive'],
      ['\xfd7zXZ', 'an xz archive'],
      ['\x28\xb5\x2f\xfd', 'a zstd archive'],
      ['7z\xbc\xaf', 'a 7-Zip archive'],
      ['Rar!', 'a RAR archive'],
      ['PAR1', 'a Parquet file'],
      ['ARROW1', 'an Arrow file'],
      ['SQLite format 3', 'an SQLite database'],
      ['\x89HDF', 'an HDF5 file'],
      ['$FL2', 'an SPSS file'],
      ['$FL3', 'an SPSS file'],
      ['<stata_dta>', 'a Stata file'],
      ['RDX', 'an R data file'],
      ['\x7fELF', 'a program'],
      ['MZ\x90', 'a program'],
      ['{\\rtf', 'an RTF document'],
    ] as const
  ).map(
    ([text, looksLike]) =>
      [[...text].map((character) => character.charCodeAt(0)), { kind: 'other', looksLike }] as const,
  ),
];

/** Recognises a file by `head`, its first few thousand bytes. */
export function recogniseFormat(head: Uint8Array): FileFormat {
  for (const [bytes, format] of signatures) {
    if (bytes.every((byte, index) => head[index] === byte)) return format;
  }
  if (startsWith(head, [0xff, 0xfe, 0, 0]) || startsWith(head, [0, 0, 0xfe, 0xff])) {
    return { kind: 'other', looksLike: 'text in UTF-32, which is not supported; save it as UTF-8' };
  }
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 4096)).toString('latin1');
  const start = text.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (/^<\?xml|^<(office:document|\w*:?Workbook)\b/.test(start)) {
    return /office:spreadsheet|opendocument:xmlns:office/.test(start)
      ? { kind: 'xmlWorkbook' }
      : { kind: 'other', looksLike: 'an XML file' };
  }
  if (/^<(!doctype html|html|table|head)\b/i.test(start)) return { kind: 'other', looksLike: 'a web page' };
  if (/^[{[]\s*(\{\s*)?"[^"\n]*"\s*:/.test(start)) return { kind: 'other', looksLike: 'a JSON file' };
  return { kind: 'text' };
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}
