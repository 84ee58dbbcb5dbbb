import type { Pixels } from '../../../shared/image/pixels';

/**
 * Mean of the original colours of groups of pixels, weighted by their opacity: what a transparent pixel hides does not
 * count. Group by group red, green, blue, opacity, each of 0 to 255, not rounded; a wholly transparent group is 0, 0, 0, 0.
 *
 * group   of each pixel, from 0 up to `groups`
 */
export function meanColours(group: Int32Array | Uint8Array, groups: number, { rgba }: Pixels): Float64Array {
  const mean = new Float64Array(4 * groups);
  const pixels = new Int32Array(groups);
  for (let i = 0; i < group.length; i++) {
    const own = 4 * group[i];
    const opacity = rgba[4 * i + 3];
    mean[own] += opacity * rgba[4 * i];
    mean[own + 1] += opacity * rgba[4 * i + 1];
    mean[own + 2] += opacity * rgba[4 * i + 2];
    mean[own + 3] += opacity;
    pixels[group[i]]++;
  }
  for (let own = 0; own < groups; own++) {
    const opacity = mean[4 * own + 3];
    if (opacity === 0) continue;
    for (let channel = 0; channel < 3; channel++) mean[4 * own + channel] /= opacity;
    mean[4 * own + 3] = opacity / pixels[own];
  }
  return mean;
}
