import { colourOfHex } from '../../../../shared/image/hexColour';
import type { Colour } from '../../../../shared/image/quantisation';
import { byteOf } from './palette';

const hexText = /^#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const functionText = /^(rgb|hsl)a?\(([^()]*)\)$/i;

/**
 * The colour that a text of a style sheet or a list stands for: hexadecimal, with or without its #, or rgb() or hsl() with
 * commas or spaces. null: another text.
 *
 * Source: CSS Color Module Level 4, sections 5 to 7.
 */
export function colourOfText(text: string): Colour | null {
  const plain = text.trim();
  const digits = hexText.exec(plain)?.[1];
  if (digits !== undefined) return colourOfHex(`#${digits}`);
  const [, model, list] = functionText.exec(plain) ?? [];
  if (model === undefined || list === undefined) return null;
  const [first, second, third, opacity = '1', ...more] = list.split(/\s*[,/]\s*|\s+/).filter(Boolean);
  if (first === undefined || second === undefined || third === undefined || more.length > 0) return null;
  const levels =
    model.toLowerCase() === 'rgb'
      ? [first, second, third].map((level) => partOf(level, 255))
      : rgbOfHsl(degreesOf(first), partOf(second, 100), partOf(third, 100));
  const parts = [...levels, partOf(opacity, 1)];
  if (!parts.every(Number.isFinite)) return null;
  const [red = 0, green = 0, blue = 0, alpha = 1] = parts.map(byteOf);
  return { red, green, blue, opacity: alpha };
}

/** `50%`, or a number of which `whole` is 1; NaN for another text. */
function partOf(text: string, whole: number): number {
  return text.endsWith('%') ? numberOf(text.slice(0, -1)) / 100 : numberOf(text) / whole;
}

const degreesOf = (text: string): number => numberOf(text.replace(/deg$/i, ''));

const numberOf = (text: string): number => (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN);

/** Source: CSS Color Module Level 4, section 7.1, "Converting HSL Colors to sRGB". */
function rgbOfHsl(hue: number, saturation: number, lightness: number): number[] {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  return [0, 8, 4].map((offset) => {
    const k = (((offset + hue / 30) % 12) + 12) % 12;
    return lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  });
}
