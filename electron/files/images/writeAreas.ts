import type { Failure } from '../../../shared/failure';
import { hexOf } from '../../../shared/image/hexColour';
import type { Colour } from '../../../shared/image/quantisation';
import { areaInUnits, areaUnit, lengthInUnits, type PictureScale } from '../../../shared/image/pictureScale';
import type { Result } from '../../../shared/result';
import { delimitedLine, quotedCell, safeCell } from '../safeCell';
import { writeWhole } from '../writeWhole';
import type { NamedColour } from './palettes/palette';

/** A connected region of one colour, as a line of the table of areas. Pixels and their places count from 0. */
export interface RegionArea {
  /** As in the label map. */
  readonly region: number;
  /** Place of its colour in the palette. */
  readonly at: number;
  readonly pixels: number;
  /** Of the picture, 0 to 1. */
  readonly share: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Mean place of its pixels. */
  readonly centroidX: number;
  readonly centroidY: number;
  /** Length of its outline, pixels. */
  readonly perimeter: number;
  /** Of the original. */
  readonly meanColour: Colour;
}

interface Column {
  readonly name: string;
  /** As it stands in the file. */
  cell(area: RegionArea): string | number;
}

function columnsOf(palette: readonly NamedColour[]): Column[] {
  const hexes = palette.map(hexOf);
  const names = palette.map(({ name }) => quotedCell(safeCell(name), ','));
  return [
    { name: 'region', cell: ({ region }) => region },
    { name: 'colour', cell: ({ at }) => at },
    { name: 'hex', cell: ({ at }) => hexes[at] },
    { name: 'name', cell: ({ at }) => names[at] },
    { name: 'pixels', cell: ({ pixels }) => pixels },
    { name: 'share', cell: ({ share }) => share },
    { name: 'left', cell: ({ left }) => left },
    { name: 'top', cell: ({ top }) => top },
    { name: 'width', cell: ({ width }) => width },
    { name: 'height', cell: ({ height }) => height },
    { name: 'centroid x', cell: ({ centroidX }) => centroidX },
    { name: 'centroid y', cell: ({ centroidY }) => centroidY },
    { name: 'perimeter', cell: ({ perimeter }) => perimeter },
    { name: 'mean colour', cell: ({ meanColour }) => hexOf(meanColour) },
  ];
}

/** What is known besides where the person said how large a pixel is. */
function scaledColumns(scale: PictureScale): Column[] {
  return [
    { name: `area (${areaUnit(scale)})`, cell: ({ pixels }) => areaInUnits(pixels, scale) },
    { name: `width (${scale.unit})`, cell: ({ width }) => lengthInUnits(width, scale) },
    { name: `height (${scale.unit})`, cell: ({ height }) => lengthInUnits(height, scale) },
    { name: `perimeter (${scale.unit})`, cell: ({ perimeter }) => lengthInUnits(perimeter, scale) },
  ];
}

/**
 * Writes a line for each region as CSV in UTF-8, whole or not at all. Numbers keep all their digits; a byte order mark
 * stands before it where there is more than ASCII, which Excel needs.
 *
 * areas    gone through once and not held: there can be millions
 * palette  with the names the person gave its colours, or ''
 */
export function writeAreas(
  filePath: string,
  areas: Iterable<RegionArea>,
  palette: readonly NamedColour[],
  scale: PictureScale | null,
  signal?: AbortSignal,
): Promise<Result<{ bytes: number }, Failure>> {
  return writeWhole(filePath, areaLines(areas, palette, scale), signal);
}

/** Lines in a piece: so many that a piece costs little, so few that the program answers between them. */
const pieceLines = 512;

/** The text of the table, in pieces. */
export function* areaLines(
  areas: Iterable<RegionArea>,
  palette: readonly NamedColour[],
  scale: PictureScale | null,
): Generator<string> {
  const columns = [...columnsOf(palette), ...(scale === null ? [] : scaledColumns(scale))];
  const header = delimitedLine(
    columns.map(({ name }) => name),
    ',',
  );
  const isAscii = [header, ...palette.map(({ name }) => name)].every((text) => /^[\0-\x7f]*$/.test(text));
  yield (isAscii ? '' : '\ufeff') + header;
  let piece: string[] = [];
  for (const area of areas) {
    // Numbers and hexadecimals are safe as they are.
    piece.push(columns.map(({ cell }) => cell(area)).join(','));
    if (piece.length < pieceLines) continue;
    yield `${piece.join('\r\n')}\r\n`;
    piece = [];
  }
  if (piece.length > 0) yield `${piece.join('\r\n')}\r\n`;
}
