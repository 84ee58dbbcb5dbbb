import type { Colour } from '../../../../shared/image/quantisation';
import { byteOf } from './palette';

/** A colour as swatches of Adobe's keep it, in sRGB. */
export interface SwatchColour extends Colour {
  /** An ink, whose colour depends on press and paper: it is about so. */
  readonly isEstimated: boolean;
}

interface Model {
  readonly channels: number;
  readonly isEstimated: boolean;
  /** sRGB, 0 to 1, somewhat beyond for what sRGB does not hold. */
  toRgb(levels: readonly number[]): readonly number[];
  /** Whether a level can be one. */
  has(level: number, channel: number): boolean;
}

/** Programs write the ends of a range a rounding beyond them. */
const isPart = (level: number): boolean => level >= -1e-3 && level <= 1 + 1e-3;

/** Colour models by what a swatch calls them. */
export const swatchModels: Readonly<Record<string, Model | undefined>> = {
  'RGB ': { channels: 3, isEstimated: false, has: isPart, toRgb: (levels) => levels },
  GRAY: { channels: 1, isEstimated: false, has: isPart, toRgb: ([grey = 0]) => [grey, grey, grey] },
  CMYK: { channels: 4, isEstimated: true, has: isPart, toRgb: rgbOfInks },
  'LAB ': {
    channels: 3,
    isEstimated: false,
    has: (level, channel) => (channel === 0 ? isPart(level) : Math.abs(level) <= 128),
    toRgb: ([lightness = 0, a = 0, b = 0]) => rgbOfLab(100 * lightness, a, b),
  },
};

/** The colour of a swatch; null: its levels are beyond what its model has. */
export function swatchColour(model: Model, levels: readonly number[]): SwatchColour | null {
  if (!levels.every((level, channel) => model.has(level, channel))) return null;
  const [red = 0, green = 0, blue = 0] = model.toRgb(levels).map(byteOf);
  return { red, green, blue, opacity: 255, isEstimated: model.isEstimated };
}

/**
 * What inks come to without their profile, each 0 to 1.
 *
 * Source: CSS Color Module Level 5, section 10.2, "Converting Between Uncalibrated CMYK and sRGB-Based Colors".
 */
function rgbOfInks([cyan = 0, magenta = 0, yellow = 0, black = 0]: readonly number[]): number[] {
  return [cyan, magenta, yellow].map((ink) => 1 - Math.min(1, ink * (1 - black) + black));
}

/** White of the profile connection space, D50. Source: ICC.1:2022, 7.2.16. */
const white = [0.9642, 1, 0.8249] as const;

/**
 * CIELAB under D50, as Adobe's programs mean it, in sRGB; what sRGB does not hold is beyond 0 to 1.
 *
 * Source: CIE 15:2004, eq. 8.3 to 8.10 reversed; XYZ under D50 to linear sRGB with Bradford's adaptation, and the transfer
 * function: CSS Color Module Level 4, section 18, "Sample code for Color Conversions".
 */
function rgbOfLab(lightness: number, a: number, b: number): number[] {
  const y = (lightness + 16) / 116;
  const xyz = [y + a / 500, y, y - b / 200].map((t, axis) => {
    const part = t > 6 / 29 ? t ** 3 : 3 * (6 / 29) ** 2 * (t - 4 / 29);
    return part * (white[axis] ?? 1);
  });
  return linearOfXyz.map((row) =>
    encoded(row.reduce((sum, weight, axis) => sum + weight * (xyz[axis] ?? 0), 0)),
  );
}

const linearOfXyz = [
  [3.1341358529, -1.6173863321, -0.4906619477],
  [-0.978795502, 1.9162543773, 0.0334427337],
  [0.0719553799, -0.2289767598, 1.4053860351],
] as const;

const encoded = (linear: number): number =>
  linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
