import type { ConnectedRegions } from './connectedRegions';

/** Largest number that a picture of 16 bits holds. */
const mostNumbers = 65535;

/** Regions as a grey picture: 1 is the largest region, 0 belongs to none. */
export interface LabelMap {
  /** As few bytes a pixel as hold the numbers. */
  readonly label: Uint8Array | Uint16Array;
  /** The smallest regions, which got 0 because there are more than 65535. */
  readonly unnumbered: number;
}

/** Numbers the regions from 1, by area, as programs that read label maps expect. */
export function labelMap({ label, count }: ConnectedRegions): LabelMap {
  const map = count <= 255 ? new Uint8Array(label.length) : new Uint16Array(label.length);
  for (let i = 0; i < label.length; i++) if (label[i] < mostNumbers) map[i] = label[i] + 1;
  return { label: map, unnumbered: Math.max(0, count - mostNumbers) };
}
