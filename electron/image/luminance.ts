import type { Pixels } from '../../shared/image/pixels';

/** What a partly transparent picture is seen on. */
export type Backdrop = 'black' | 'white';

/** Whether every pixel is wholly opaque. */
export function isOpaque({ rgba }: Pixels): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false;
  return true;
}

/**
 * Luminances of the pixels of row `y` as they are seen on a backdrop, into `row`: width, 0 to 255, not rounded.
 *
 * Source: Recommendation ITU-R BT.601, Y' = 0.299 R' + 0.587 G' + 0.114 B', the luminance of MATLAB's `rgb2gray` that
 * Wang et al. (2004) used.
 */
export function luminanceOfRow(pixels: Pixels, y: number, backdrop: Backdrop, row: Float64Array): void {
  const { rgba, width } = pixels;
  const behind = backdrop === 'white' ? 255 : 0;
  for (let x = 0, at = y * width * 4; x < width; x++, at += 4) {
    const luminance = 0.299 * rgba[at] + 0.587 * rgba[at + 1] + 0.114 * rgba[at + 2];
    const opacity = rgba[at + 3];
    row[x] = opacity === 255 ? luminance : behind + ((luminance - behind) * opacity) / 255;
  }
}
