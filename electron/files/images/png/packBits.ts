/**
 * Packs numbers into rows of `depth` bits each, the first in the upper bits, every row beginning with a new byte.
 *
 * numbers  width x height, row by row, each below 2^depth
 */
export function packBits(
  numbers: Uint8Array,
  width: number,
  height: number,
  depth: 1 | 2 | 4 | 8,
): Uint8Array {
  if (depth === 8) return numbers;
  const rowBytes = Math.ceil((width * depth) / 8);
  const perByte = 8 / depth;
  const packed = new Uint8Array(rowBytes * height);
  for (let row = 0; row < height; row++) {
    for (let x = 0; x < width; x++) {
      const shift = 8 - depth * ((x % perByte) + 1);
      packed[row * rowBytes + Math.floor((x * depth) / 8)] |= (numbers[row * width + x] ?? 0) << shift;
    }
  }
  return packed;
}
