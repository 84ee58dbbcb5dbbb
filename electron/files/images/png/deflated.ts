import { promisify } from 'node:util';
import { constants, deflateRaw, type ZlibOptions } from 'node:zlib';

/** Bytes that are compressed by themselves. The file depends on it, never on the number of threads. By eye. */
const stripBytes = 1 << 20;

/** How far back a copy reaches in DEFLATE (RFC 1951, 2). */
const windowBytes = 1 << 15;

const compress = promisify<Uint8Array, ZlibOptions, Buffer>(deflateRaw);

/** Strips that are under way: as many as Node has threads for such work, so that few wait with their memory. */
const atOnce = 4;

/**
 * Bytes as a zlib stream, compressed in strips at the same time on the threads that Node keeps for such work. Each strip
 * knows the bytes before it, so that joined they are larger by a few bytes only: it ends with an empty block, which fills
 * its last byte, and the stream ends with the checksum of all (RFC 1950, 2.2; as pigz does).
 *
 * level  of zlib; 0 stores
 */
export async function deflated(bytes: Uint8Array, level: number): Promise<Uint8Array> {
  const count = Math.max(1, Math.ceil(bytes.length / stripBytes));
  const strips: Uint8Array[] = [];
  let begun = 0;
  const takeTurns = async (): Promise<void> => {
    for (let strip = begun++; strip < count; strip = begun++)
      strips[strip] = await deflatedStrip(bytes, strip * stripBytes, level);
  };
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(adler32(bytes));
  return Buffer.concat([header, ...strips, checksum]);
}

function deflatedStrip(bytes: Uint8Array, from: number, level: number): Promise<Uint8Array> {
  const to = Math.min(bytes.length, from + stripBytes);
  return compress(bytes.subarray(from, to), {
    level,
    memLevel: 9,
    // What comes out is asked for in one go.
    chunkSize: Math.max(constants.Z_MIN_CHUNK, to - from),
    finishFlush: to < bytes.length ? constants.Z_SYNC_FLUSH : constants.Z_FINISH,
    ...(from > 0 && { dictionary: bytes.subarray(from - windowBytes, from) }),
  });
}

/** DEFLATE with a window of 32 kB, and a multiple of 31 with it; how hard it was tried is not told (RFC 1950, 2.2). */
const header = Uint8Array.of(0x78, 0x01);

/** The largest prime below 2^16, and the bytes whose sums stay below 2^32 (RFC 1950, 9). */
const base = 65_521;
const mostUnreduced = 5552;

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let from = 0; from < bytes.length; from += mostUnreduced) {
    const to = Math.min(bytes.length, from + mostUnreduced);
    for (let i = from; i < to; i++) {
      a += bytes[i];
      b += a;
    }
    a %= base;
    b %= base;
  }
  return ((b << 16) | a) >>> 0;
}
