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
  /** How many of them are inks, whose colour without a profile is about so. Left out: none. */
  readonly estimated?: number;
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

/** A level of 0 to 1 in 8 bits; what is beyond is the end it is beyond. */
export const byteOf = (part: number): number => Math.round(255 * Math.min(1, Math.max(0, part)));

/** Text of a file: UTF-8, or Latin-1 where it is not that; without a byte order mark. */
export function fileText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Old palettes name their colours in the encoding of their day.
    return Buffer.from(bytes).toString('latin1');
  }
}
