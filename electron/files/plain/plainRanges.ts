import type { ByteSource } from '../byteSource';
import type { ByteRange } from './plainText';

/** A line longer than this is not looked for the end of. By taste. */
const longestLine = 1 << 16;

/**
 * Cuts part of a plain file into ranges of about the same size that begin with a row. Fewer than `count` where lines are
 * so long that their ends are not found nearby.
 */
export async function plainRanges(source: ByteSource, whole: ByteRange, count: number): Promise<ByteRange[]> {
  const borders = [whole.start];
  const nearby = Buffer.alloc(longestLine);
  for (let index = 1; index < count; index++) {
    const about = Math.floor(whole.start + ((whole.end - whole.start) * index) / count);
    const filled = await source.fill(nearby, about);
    const found = nearby.subarray(0, filled).indexOf('\n');
    const border = about + found + 1;
    if (found >= 0 && border < whole.end && border > (borders.at(-1) ?? 0)) borders.push(border);
  }
  return borders.map((start, index) => ({ start, end: borders[index + 1] ?? whole.end }));
}
