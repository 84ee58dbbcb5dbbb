import { compressedRows, pngFile, pngHeader } from './pngFile';
import { packBits } from './packBits';

/**
 * A grey PNG whose levels are the labels themselves, for programs that measure: 8 bits a pixel for bytes, 16 for words.
 *
 * labels  width x height, row by row
 */
export async function encodeLabelMap(
  labels: Uint8Array | Uint16Array,
  width: number,
  height: number,
): Promise<Uint8Array> {
  const depth = labels instanceof Uint16Array ? 16 : 8;
  const rows = labels instanceof Uint16Array ? bigEndian(labels) : labels;
  const data = await compressedRows(rows, (width * depth) / 8, 9);
  return pngFile([pngHeader(width, height, depth, 'grey'), { type: 'IDAT', data }]);
}

/**
 * A black and white PNG of one bit a pixel.
 *
 * mask  width x height, row by row; 0 is black, anything else white
 */
export async function encodeMask(mask: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const rows = packBits(
    mask.map((value) => (value === 0 ? 0 : 1)),
    width,
    height,
    1,
  );
  const data = await compressedRows(rows, Math.ceil(width / 8), 9);
  return pngFile([pngHeader(width, height, 1, 'grey'), { type: 'IDAT', data }]);
}

function bigEndian(words: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(2 * words.length);
  const view = new DataView(bytes.buffer);
  for (const [at, word] of words.entries()) view.setUint16(2 * at, word);
  return bytes;
}
