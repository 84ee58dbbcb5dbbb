import { formatCount, formatNumber } from '../../../shared/format';

/** A distortion: large ones as whole numbers, all of their digits, so that they can be compared. */
export const distortionText = (distortion: number): string =>
  distortion >= 10_000 && distortion < 1e12 ? formatCount(distortion) : formatNumber(distortion, 5);
