/** What the header of a BMP file tells. Source: Microsoft, BITMAPFILEHEADER, BITMAPCOREHEADER, BITMAPV5HEADER. */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: 1 | 2 | 4 | 8 | 16 | 24 | 32;
  readonly packing: 'plain' | 'runs8' | 'runs4';
  /** Where the pixels begin. */
  readonly start: number;
  /** Red, green, blue, opacity of the palette, 4 bytes a colour; empty beyond 8 bits. */
  readonly palette: Uint8Array;
  /** Which bits of a pixel of 16 or 32 bits hold red, green, blue, opacity; 0: none. */
  readonly masks: readonly [red: number, green: number, blue: number, opacity: number];
}

const depths = [1, 2, 4, 8, 16, 24, 32] as const;
const compressions = ['plain', 'runs8', 'runs4', 'plain', 'jpeg', 'png', 'plain'] as const;

/** Reads the header. A text: what is wrong with it, in words that fit after "it cannot be read:". */
export function bmpHeader(bytes: Uint8Array): BmpHeader | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = bytes.length >= 18 ? view.getUint32(14, true) : 0;
  if (size < 12 || bytes.length < 14 + size) return 'it is cut off';
  const isCore = size === 12;
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = depths.find((depth) => depth === view.getUint16(isCore ? 24 : 28, true));
  const compression = isCore ? 0 : view.getUint32(30, true);
  const packing = compressions[compression];
  if (bits === undefined) return 'its header tells of a number of bits that is not read';
  if (packing === undefined || packing === 'jpeg' || packing === 'png') {
    return 'it is packed in a way that is not read';
  }
  if ((packing === 'runs8' && bits !== 8) || (packing === 'runs4' && bits !== 4)) {
    return 'its header contradicts itself';
  }
  const hasMasks = compression === 3 || compression === 6;
  const maskBytes = size === 40 && hasMasks ? (compression === 6 ? 16 : 12) : 0;
  if (bytes.length < 14 + size + maskBytes) return 'it is cut off';
  const mask = (position: number): number => view.getUint32(14 + 40 + 4 * position, true);
  const hasOpacityMask = compression === 6 || size >= 56;
  return {
    width,
    height: Math.abs(height),
    isTopDown: height < 0,
    bits,
    packing,
    start: view.getUint32(10, true),
    palette: bits <= 8 ? palette(bytes, view, size + maskBytes, bits, isCore) : new Uint8Array(),
    masks: hasMasks
      ? [mask(0), mask(1), mask(2), hasOpacityMask ? mask(3) : 0]
      : bits === 16
        ? [0x7c00, 0x3e0, 0x1f, 0]
        : [0xff0000, 0xff00, 0xff, 0],
  };
}

/** The palette, filled up with black to all the colours a pixel can name. */
function palette(bytes: Uint8Array, view: DataView, size: number, bits: number, isCore: boolean): Uint8Array {
  const most = 1 << bits;
  const told = isCore ? 0 : view.getUint32(46, true);
  const colours = told === 0 || told > most ? most : told;
  const stride = isCore ? 3 : 4;
  const found = new Uint8Array(4 * most);
  for (let colour = 0; colour < most; colour++) {
    const at = 14 + size + stride * colour;
    found[4 * colour + 3] = 255;
    if (colour >= colours || at + 3 > bytes.length) continue;
    found[4 * colour] = bytes[at + 2] ?? 0;
    found[4 * colour + 1] = bytes[at + 1] ?? 0;
    found[4 * colour + 2] = bytes[at] ?? 0;
  }
  return found;
}
