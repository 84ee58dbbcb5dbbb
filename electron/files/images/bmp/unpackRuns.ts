/**
 * Unpacks the run lengths of a BMP file into palette numbers, in the order of the stored rows; pixels that are skipped
 * have number 0. null: the file ends before the picture does.
 *
 * Source: Microsoft, "Bitmap Compression": BI_RLE8, and BI_RLE4 where `isHalves`.
 */
export function unpackRuns(
  packed: Uint8Array,
  width: number,
  height: number,
  isHalves: boolean,
): Uint8Array | null {
  const numbers = new Uint8Array(width * height);
  let x = 0;
  let row = 0;
  const put = (number: number): void => {
    if (x < width && row < height) numbers[row * width + x] = number;
    x++;
  };
  for (let at = 0; at + 1 < packed.length;) {
    const count = packed[at] ?? 0;
    const what = packed[at + 1] ?? 0;
    at += 2;
    if (count > 0) {
      for (let i = 0; i < count; i++) put(isHalves ? (i % 2 === 0 ? what >> 4 : what & 15) : what);
    } else if (what === 0) {
      x = 0;
      row++;
    } else if (what === 1) {
      return numbers;
    } else if (what === 2) {
      x += packed[at] ?? 0;
      row += packed[at + 1] ?? 0;
      at += 2;
    } else {
      const bytes = isHalves ? (what + 1) >> 1 : what;
      if (at + bytes > packed.length) return null;
      for (let i = 0; i < what; i++) {
        const byte = packed[at + (isHalves ? i >> 1 : i)] ?? 0;
        put(isHalves ? (i % 2 === 0 ? byte >> 4 : byte & 15) : byte);
      }
      // Absolute runs end on a whole word.
      at += bytes + (bytes & 1);
    }
    // Some writers leave out the mark of the end.
    if (row >= height || (row === height - 1 && x >= width)) return numbers;
  }
  return null;
}
