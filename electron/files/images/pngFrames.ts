/**
 * Pictures in a PNG file: those of an animation (chunk acTL, W3C PNG 3rd edition, 11.3.6.1), else 1. Nothing in the file
 * is relied on; it may be cut off.
 */
export function pngFrames(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length;) {
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1');
    if (type === 'acTL') return Math.max(1, view.getUint32(at + 8));
    // It must stand before the pixels.
    if (type === 'IDAT') return 1;
    at += 12 + view.getUint32(at);
  }
  return 1;
}
