import { crc32 } from 'node:zlib';
import { deflated } from './deflated';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** What the pixels of a PNG are: grey, or numbers of palette colours. */
export type PngColours = 'grey' | 'indexed';
const colourTypes = { grey: 0, indexed: 3 } as const;

export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** The header of a PNG whose rows are not interlaced (W3C PNG 3rd edition, 11.2.1). */
export function pngHeader(width: number, height: number, depth: number, colours: PngColours): PngChunk {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data[8] = depth;
  data[9] = colourTypes[colours];
  return { type: 'IHDR', data };
}

/** A PNG file of these chunks; the one that ends it is added. */
export function pngFile(chunks: readonly PngChunk[]): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.from(signature)];
  for (const { type, data } of [...chunks, { type: 'IEND', data: new Uint8Array() }]) {
    const start = Buffer.alloc(8);
    start.writeUInt32BE(data.length, 0);
    start.write(type, 4, 'latin1');
    const end = Buffer.alloc(4);
    end.writeUInt32BE(crc32(data, crc32(start.subarray(4))), 0);
    parts.push(start, data, end);
  }
  return Uint8Array.from(Buffer.concat(parts));
}

/** The pixels of a PNG file, still compressed: all chunks IDAT joined. For files that were just written here. */
export function pngImageData(file: Uint8Array): Uint8Array {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const parts: Buffer[] = [];
  for (let at = signature.length; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}

/**
 * Rows of a PNG, compressed. `rows`: height x bytes a row, without the bytes of filters.
 *
 * level  of zlib; 0 stores
 */
export function compressedRows(rows: Uint8Array, rowBytes: number, level: number): Promise<Uint8Array> {
  const height = rows.length / rowBytes;
  const filtered = new Uint8Array(rows.length + height);
  // Filter "none": neighbouring numbers of colours, or labels, are not near in any sense that a difference could use.
  for (let row = 0; row < height; row++) {
    filtered.set(rows.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return deflated(filtered, level);
}
