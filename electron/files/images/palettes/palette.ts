import type { Colour } from '../../../../shared/image/quantisation';

/** A colour in a palette file, which may have a name there. */
export interface NamedColour extends Colour {
  /** '' where it has none. */
  readonly name: string;
}

/** A palette as files keep it. */
export interface PaletteFile {
  /** '' where it has none. */
  readonly name: string;
  readonly colours: readonly NamedColour[];
}

/** Reads and writes one kind of palette file. */
export interface PaletteFormat {
  /** A text: what is wrong with the file, in words that fit after "cannot be read as a palette:". */
  read(bytes: Uint8Array): PaletteFile | string;
  write(palette: PaletteFile): Uint8Array;
}

/** Most colours of a palette: as many as a byte tells apart. */
export const maxColours = 256;

/** A name on one line, without characters that steer a terminal or a parser. */
export const plainName = (name: string): string => name.replace(/[\p{C}\s]+/gu, ' ').trim();

/** Text of a file: UTF-8, or Latin-1 where it is not that; without a byte order mark. */
export function fileText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Old palettes name their colours in the encoding of their day.
    return Buffer.from(bytes).toString('latin1');
  }
}

/** #rrggbb, or #rrggbbaa where it is not opaque. */
export function hexOf({ red, green, blue, opacity }: Colour): string {
  const levels = opacity === 255 ? [red, green, blue] : [red, green, blue, opacity];
  return `#${levels.map((level) => level.toString(16).padStart(2, '0')).join('')}`;
}

/** The colour of #rgb, #rgba, #rrggbb or #rrggbbaa; null for any other text. */
export function colourOfHex(text: string): Colour | null {
  const digits = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text)?.[1];
  if (digits === undefined) return null;
  const long = digits.length < 6 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const [red = 0, green = 0, blue = 0, opacity = 255] = Buffer.from(long, 'hex');
  return { red, green, blue, opacity };
}
