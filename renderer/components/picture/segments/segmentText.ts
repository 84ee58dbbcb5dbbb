import { formatCount, formatNumber } from '../../../../shared/format';
import {
  areaInUnits,
  areaUnit,
  lengthInUnits,
  type PictureScale,
} from '../../../../shared/image/pictureScale';

/** An area in the scale's unit: `1.234 mm²`. */
export const areaText = (pixels: number, scale: PictureScale): string =>
  `${formatNumber(areaInUnits(pixels, scale))} ${areaUnit(scale)}`;

/** A length in the scale's unit: `1.234 mm`. */
const lengthText = (pixels: number, scale: PictureScale): string =>
  `${formatNumber(lengthInUnits(pixels, scale))} ${scale.unit}`;

/** A length of pixels, with the same in units where there is a scale. */
export const pixelsText = (pixels: number, scale: PictureScale | null): string =>
  `${formatNumber(pixels)} px${scale === null ? '' : ` (${lengthText(pixels, scale)})`}`;

/** How a region is called: by its rank in area, counted from 1. */
export const regionName = (region: number): string => `Region ${formatCount(region + 1)}`;
