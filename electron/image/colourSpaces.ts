import { rgb } from 'culori';
import type { Colour, ColourSpace } from '../../shared/image/quantisation';

/** The full range of the first coordinate: 0 is black, this is white. Opacity is counted in it too. */
export const channelRange: Readonly<Record<ColourSpace, number>> = {
  srgb: 255,
  linear: 1,
  lab: 100,
  oklab: 1,
};

/** White of D65: x = 0.3127, y = 0.329. */
const white = { x: 0.3127 / 0.329, z: (1 - 0.3127 - 0.329) / 0.329 };

/** Linear light of an 8-bit sRGB value (IEC 61966-2-1), 0 to 1. */
const linearLight = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

/** CIE 15:2004, eq. 8.6 to 8.8: the cube root, and the line below. */
const labCurve = (share: number): number =>
  share > 216 / 24389 ? Math.cbrt(share) : ((24389 / 27) * share + 16) / 116;

/**
 * Writes three coordinates of a colour, channels 0 to 255, at `out[at]`. One function for all spaces: a picture has
 * millions of colours, and a function that is looked up is not compiled into the loop.
 *
 * Matrices as culori has them, for the tests against it: sRGB to XYZ as CSS Color 4, OKLab as Ottosson (2020)
 * with the matrices of CSS Color 4.
 */
function placeColour(
  space: ColourSpace,
  red: number,
  green: number,
  blue: number,
  out: Float64Array,
  at: number,
): void {
  if (space === 'srgb') {
    out[at] = red;
    out[at + 1] = green;
    out[at + 2] = blue;
    return;
  }
  const r = linearLight[red];
  const g = linearLight[green];
  const b = linearLight[blue];
  switch (space) {
    case 'linear':
      out[at] = r;
      out[at + 1] = g;
      out[at + 2] = b;
      return;
    case 'lab': {
      const fx = labCurve(
        (0.4123907992659593 * r + 0.357584339383878 * g + 0.1804807884018343 * b) / white.x,
      );
      const fy = labCurve(0.2126390058715102 * r + 0.715168678767756 * g + 0.0721923153607337 * b);
      const fz = labCurve(
        (0.0193308187155918 * r + 0.119194779794626 * g + 0.9505321522496607 * b) / white.z,
      );
      out[at] = 116 * fy - 16;
      out[at + 1] = 500 * (fx - fy);
      out[at + 2] = 200 * (fy - fz);
      return;
    }
    case 'oklab': {
      const l = Math.cbrt(0.412221469470763 * r + 0.5363325372617348 * g + 0.0514459932675022 * b);
      const m = Math.cbrt(0.2119034958178252 * r + 0.6806995506452344 * g + 0.1073969535369406 * b);
      const s = Math.cbrt(0.0883024591900564 * r + 0.2817188391361215 * g + 0.6299787016738222 * b);
      out[at] = 0.210454268309314 * l + 0.7936177747023054 * m - 0.0040720430116193 * s;
      out[at + 1] = 1.9779985324311684 * l - 2.4285922420485799 * m + 0.450593709617411 * s;
      out[at + 2] = 0.0259040424655478 * l + 0.7827717124575296 * m - 0.8086757549230774 * s;
    }
  }
}

/**
 * Colours as points of a space: `d` numbers each from `rgba` (4 bytes each). With d = 3 opacity is left out; with
 * d = 4 colours are premultiplied: coordinates times opacity, then opacity, so that what cannot be seen does not count.
 */
export function coloursInSpace(space: ColourSpace, rgba: Uint8Array, d: 3 | 4): Float64Array {
  const n = rgba.length / 4;
  const out = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    placeColour(space, rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2], out, i * d);
    if (d === 3) continue;
    const opacity = rgba[4 * i + 3] / 255;
    for (let a = 0; a < 3; a++) out[i * d + a] *= opacity;
    out[i * d + 3] = opacity * channelRange[space];
  }
  return out;
}

/** The nearest 8-bit colour of a point of `coloursInSpace`; outside what sRGB can show channels are cut off. */
export function colourAt(space: ColourSpace, point: Float64Array): Colour {
  const opacity = point.length < 4 ? 1 : clamp(point[3] / channelRange[space]);
  if (opacity === 0) return { red: 0, green: 0, blue: 0, opacity: 0 };
  const [red, green, blue] = channelsAt(
    space,
    Array.from(point.subarray(0, 3), (value) => value / opacity),
  ).map(byte);
  return { red, green, blue, opacity: byte(opacity) };
}

/** Channels of sRGB, 0 to 1 where it can show the colour. */
function channelsAt(space: ColourSpace, [first, second, third]: readonly number[]): number[] {
  if (space === 'srgb') return [first / 255, second / 255, third / 255];
  const { r, g, b } =
    space === 'linear'
      ? rgb({ mode: 'lrgb', r: first, g: second, b: third })
      : rgb({ mode: space === 'lab' ? 'lab65' : 'oklab', l: first, a: second, b: third });
  return [r, g, b];
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share));
const byte = (share: number): number => Math.round(255 * clamp(share));
