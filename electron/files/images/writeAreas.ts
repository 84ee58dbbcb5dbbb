import type { Failure } from '../../../shared/failure';
import { hexOf } from '../../../shared/image/hexColour';
import type { Colour } from '../../../shared/image/quantisation';
import { areaInUnits, areaUnit, lengthInUnits, type PictureScale } from '../../../shared/image/pictureScale';
import type { Result } from '../../../shared/result';
import { delimitedLine } from '../safeCell';
import { writeWhole } from '../writeWhole';

/** A connected region of one colour, as a line of the table of areas. Pixels and their places count from 0. */
export interface RegionArea {
  /** As in the label map. */
  readonly region: number;
  /** Number of its colour in the palette, and that colour. */
  readonly paletteIndex: number;
  readonly colour: Colour;
  /** The name the person gave the colour, or ''. */
  readonly name: string;
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
  text(area: RegionArea): string;
}

const columns: readonly Column[] = [
  { name: 'region', text: ({ region }) => String(region) },
  { name: 'colour', text: ({ paletteIndex }) => String(paletteIndex) },
  { name: 'hex', text: ({ colour }) => hexOf(colour) },
  { name: 'name', text: ({ name }) => name },
  { name: 'pixels', text: ({ pixels }) => String(pixels) },
  { name: 'share', text: ({ share }) => String(share) },
  { name: 'left', text: ({ left }) => String(left) },
  { name: 'top', text: ({ top }) => String(top) },
  { name: 'width', text: ({ width }) => String(width) },
  { name: 'height', text: ({ height }) => String(height) },
  { name: 'centroid x', text: ({ centroidX }) => String(centroidX) },
  { name: 'centroid y', text: ({ centroidY }) => String(centroidY) },
  { name: 'perimeter', text: ({ perimeter }) => String(perimeter) },
  { name: 'mean colour', text: ({ meanColour }) => hexOf(meanColour) },
];

/** What is known besides where the person said how large a pixel is. */
function scaledColumns(scale: PictureScale): Column[] {
  return [
    { name: `area (${areaUnit(scale)})`, text: ({ pixels }) => String(areaInUnits(pixels, scale)) },
    { name: `width (${scale.unit})`, text: ({ width }) => String(lengthInUnits(width, scale)) },
    { name: `height (${scale.unit})`, text: ({ height }) => String(lengthInUnits(height, scale)) },
    { name: `perimeter (${scale.unit})`, text: ({ perimeter }) => String(lengthInUnits(perimeter, scale)) },
  ];
}

/**
 * Writes a line for each region as CSV in UTF-8, whole or not at all. Numbers keep all their digits; a byte order mark
 * stands before it where there is more than ASCII, which Excel needs. `areas` are gone through twice: there can be millions,
 * so that they are not held.
 */
export function writeAreas(
  filePath: string,
  areas: Iterable<RegionArea>,
  scale: PictureScale | null,
  signal?: AbortSignal,
): Promise<Result<{ bytes: number }, Failure>> {
  return writeWhole(filePath, areaLines(areas, scale), signal);
}

function* areaLines(areas: Iterable<RegionArea>, scale: PictureScale | null): Generator<string> {
  const all = [...columns, ...(scale === null ? [] : scaledColumns(scale))];
  const header = delimitedLine(
    all.map(({ name }) => name),
    ',',
  );
  yield (isAscii(header) && areNamesAscii(areas) ? '' : '\ufeff') + header;
  for (const area of areas) {
    yield delimitedLine(
      all.map(({ text }) => text(area)),
      ',',
    );
  }
}

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

function areNamesAscii(areas: Iterable<RegionArea>): boolean {
  for (const { name } of areas) if (!isAscii(name)) return false;
  return true;
}
