import { inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** Where its local header begins. */
  readonly offset: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endSize = 22;
const longestComment = 0xffff;

/**
 * The entries of a ZIP archive by its central directory (APPNOTE 6.3, sections 4.3.12 and 4.3.16); null when it is
 * damaged or cut off. Archives of more than 4 GB (ZIP64) count as damaged: no spreadsheet program writes them.
 */
export function zipDirectory(archive: Buffer): ZipEntry[] | null {
  const from = Math.max(0, archive.length - endSize - longestComment);
  let end = archive.length - endSize;
  while (end >= from && archive.readUInt32LE(end) !== endSignature) end -= 1;
  if (end < from || end < 0) return null;
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== entrySignature) return null;
    const nameLength = archive.readUInt16LE(at + 28);
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      isEncrypted: (archive.readUInt16LE(at + 8) & 1) === 1,
      method: archive.readUInt16LE(at + 10),
      packedBytes: archive.readUInt32LE(at + 20),
      unpackedBytes: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * The content of an entry; null when it is damaged or unpacks to more than its directory entry says, so that no archive
 * can fill the memory by lying about its sizes.
 */
export function unzipEntry(archive: Buffer, entry: ZipEntry): Buffer | null {
  const { offset, packedBytes, unpackedBytes, method } = entry;
  if (offset + 30 > archive.length || archive.readUInt32LE(offset) !== localSignature) return null;
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  if (start + packedBytes > archive.length) return null;
  const packed = archive.subarray(start, start + packedBytes);
  if (method === 0) return packedBytes === unpackedBytes ? packed : null;
  if (method !== 8) return null;
  try {
    const content = inflateRawSync(packed, { maxOutputLength: unpackedBytes + 1 });
    return content.length === unpackedBytes ? content : null;
  } catch (error) {
    // zlib reports damage and excess by throwing; anything else is a bug.
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
