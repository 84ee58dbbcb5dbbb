import type { Failure } from '../../../../shared/failure';
import { failed, ok, type Result } from '../../../../shared/result';
import type { DecodedImage } from '../decodeImage';
import { refuseFrame, refuseSize, type PictureSource } from '../pictureLimits';
import { bmpHeader, type BmpHeader } from './bmpHeader';
import { unpackRuns } from './unpackRuns';

/**
 * Decodes a BMP file: 1 to 32 bits, palettes, masks, run lengths, either direction. libvips as sharp brings it has no
 * decoder for it, and bmp-ts gives wrong colours at 1 and 8 bits.
 */
export function decodeBmp(bytes: Uint8Array, source: PictureSource): Result<DecodedImage, Failure> {
  const { file, format } = source;
  const header = bmpHeader(bytes);
  if (typeof header === 'string') return failed({ kind: 'damagedPicture', file, format, problem: header });
  const refusal = refuseFrame(1, 1, source) ?? refuseSize(header.width, header.height, source);
  if (refusal !== null) return failed(refusal);
  const { width, height } = header;
  const packed = bytes.subarray(header.start);
  const stride = Math.ceil((width * header.bits) / 32) * 4;
  if (header.packing === 'plain' && packed.length < stride * height) {
    return failed({ kind: 'damagedPicture', file, format, problem: 'it is cut off' });
  }
  const rgba = new Uint8Array(width * height * 4);
  if (header.packing !== 'plain') {
    const numbers = unpackRuns(packed, width, height, header.packing === 'runs4');
    if (numbers === null) return failed({ kind: 'damagedPicture', file, format, problem: 'it is cut off' });
    for (let row = 0; row < height; row++) {
      const to = targetRow(header, row) * width;
      for (let x = 0; x < width; x++) paintIndexed(rgba, to + x, numbers[row * width + x] ?? 0, header);
    }
  } else if (header.bits <= 8) paintPlainIndexed(rgba, packed, stride, header);
  else if (header.bits === 24) paintPlain24(rgba, packed, stride, header);
  else paintMasked(rgba, packed, stride, header);
  const hasOpacity = header.bits > 8 && header.bits !== 24 && header.masks[3] !== 0;
  return ok({
    pixels: { width, height, rgba },
    facts: {
      format,
      sizeBytes: bytes.length,
      storedWidth: width,
      storedHeight: height,
      orientation: 1,
      profile: null,
      unapplied: null,
      hasFaults: false,
      colours: 'colour',
      bits: 8,
      hasOpacity,
      frames: 1,
      frame: 0,
    },
    times: null,
  });
}

/** The row of the upright picture that a stored one is. */
const targetRow = ({ height, isTopDown }: BmpHeader, row: number): number =>
  isTopDown ? row : height - 1 - row;

function paintIndexed(rgba: Uint8Array, pixel: number, number: number, { palette }: BmpHeader): void {
  for (let channel = 0; channel < 4; channel++) {
    rgba[4 * pixel + channel] = palette[4 * number + channel] ?? 0;
  }
}

function paintPlainIndexed(rgba: Uint8Array, packed: Uint8Array, stride: number, header: BmpHeader): void {
  const { width, height, bits } = header;
  const mask = (1 << bits) - 1;
  for (let row = 0; row < height; row++) {
    const to = targetRow(header, row) * width;
    for (let x = 0; x < width; x++) {
      const byte = packed[row * stride + ((x * bits) >> 3)] ?? 0;
      paintIndexed(rgba, to + x, (byte >> (8 - bits - ((x * bits) & 7))) & mask, header);
    }
  }
}

function paintPlain24(rgba: Uint8Array, packed: Uint8Array, stride: number, header: BmpHeader): void {
  for (let row = 0; row < header.height; row++) {
    let to = targetRow(header, row) * header.width * 4;
    for (let from = row * stride; from < row * stride + 3 * header.width; from += 3, to += 4) {
      rgba[to] = packed[from + 2] ?? 0;
      rgba[to + 1] = packed[from + 1] ?? 0;
      rgba[to + 2] = packed[from] ?? 0;
      rgba[to + 3] = 255;
    }
  }
}

function paintMasked(rgba: Uint8Array, packed: Uint8Array, stride: number, header: BmpHeader): void {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const bytesAPixel = header.bits / 8;
  const channels = header.masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask, shift, most: mask >>> shift };
  });
  for (let row = 0; row < header.height; row++) {
    const to = targetRow(header, row) * header.width;
    for (let x = 0; x < header.width; x++) {
      const at = row * stride + x * bytesAPixel;
      const pixel = bytesAPixel === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
      for (const [channel, { mask, shift, most }] of channels.entries()) {
        const level = most === 0 ? (channel === 3 ? 255 : 0) : (((pixel & mask) >>> shift) * 255) / most;
        rgba[4 * (to + x) + channel] = Math.round(level);
      }
    }
  }
}
