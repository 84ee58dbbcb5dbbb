import path from 'node:path';
import type { Failure } from '../../../../shared/failure';
import { failed, ok, type Result } from '../../../../shared/result';
import { withByteSource } from '../../byteSource';
import { writeWhole } from '../../writeWhole';
import { actPalette } from './actPalette';
import { asePalette } from './asePalette';
import { cssPalette } from './cssPalette';
import { gimpPalette } from './gimpPalette';
import { jsonPalette } from './jsonPalette';
import { maxColours, type PaletteFile, type PaletteFormat } from './palette';

/** Kinds of palette files, by the ends of their names. */
export const paletteFormats: ReadonlyMap<string, PaletteFormat> = new Map([
  ['.gpl', gimpPalette],
  ['.act', actPalette],
  ['.ase', asePalette],
  ['.css', cssPalette],
  ['.json', jsonPalette],
]);

/** Files of 256 colours are far smaller. */
const maxBytes = 1 << 20;

const formatOf = (filePath: string): PaletteFormat | undefined =>
  paletteFormats.get(path.extname(filePath).toLowerCase());

const unknownKind = `its name ends in none of ${[...paletteFormats.keys()].join(', ')}`;

/** Reads a palette of 1 to 256 colours; the end of the file's name says its kind. */
export function readPalette(filePath: string): Promise<Result<PaletteFile, Failure>> {
  return withByteSource(filePath, async (source) => {
    const refuse = (problem: string): Result<PaletteFile, Failure> =>
      failed({ kind: 'badPalette', file: source.fileName, problem });
    const format = formatOf(filePath);
    if (format === undefined) return refuse(unknownKind);
    if (source.sizeBytes === 0) return failed({ kind: 'emptyFile', file: source.fileName });
    if (source.sizeBytes > maxBytes) return refuse('it has more than 1 MB');
    const palette = format.read(await source.head(maxBytes));
    if (typeof palette === 'string') return refuse(palette);
    if (palette.colours.length === 0) return refuse('it holds no colours');
    return palette.colours.length > maxColours
      ? refuse(`it has more than ${maxColours} colours`)
      : ok(palette);
  });
}

/** Writes a palette, whole or not at all, in the kind that the end of the file's name says. */
export async function writePalette(
  filePath: string,
  palette: PaletteFile,
): Promise<Result<{ bytes: number }, Failure>> {
  const format = formatOf(filePath);
  return format === undefined
    ? failed({ kind: 'notWritten', file: path.basename(filePath), problem: unknownKind })
    : writeWhole(filePath, [format.write(palette)]);
}
