import type { Pixels } from '../../../shared/image/pixels';
import { loadSharp } from './loadSharp';

/** A PNG or WebP of all colours, without loss: decoded it is the picture, also under its transparent pixels. */
export async function encodeFullColour(pixels: Pixels, format: 'png' | 'webp'): Promise<Uint8Array> {
  const sharp = loadSharp();
  const { width, height, rgba } = pixels;
  const picture = sharp(rgba, { raw: { width, height, channels: 4 }, limitInputPixels: false });
  const visible = isOpaque(rgba) ? picture.removeAlpha() : picture;
  const encoded =
    format === 'png'
      ? visible.png({ compressionLevel: 9, adaptiveFiltering: true })
      : visible.webp({ lossless: true, exact: true });
  return encoded.toBuffer();
}

function isOpaque(rgba: Uint8Array): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false;
  return true;
}
