import { colorsNamed } from 'culori';
import type { Colour } from '../../shared/image/quantisation';
import { coloursInSpace } from './colourSpaces';

/** Names of CSS Color 4 that are another spelling or name of one that stays. */
const repeated = new Set(['aqua', 'fuchsia']);

/** British spelling where CSS has both. */
const names = Object.entries(colorsNamed).filter(([name]) => !name.includes('gray') && !repeated.has(name));
const points = coloursInSpace(
  'oklab',
  Uint8Array.from(names.flatMap(([, rgb]) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255, 255])),
  3,
);

/**
 * The CSS name nearest to a colour by Euclidean distance in OKLab (Ottosson, 2020), of equally near ones the first in
 * the alphabet; `transparent` where nothing is to be seen. A name for the eye: many colours share one.
 */
export function colourName({ red, green, blue, opacity }: Colour): string {
  if (opacity === 0) return 'transparent';
  const own = coloursInSpace('oklab', Uint8Array.of(red, green, blue, opacity), 3);
  let nearest = 0;
  let least = Infinity;
  for (let i = 0; i < names.length; i++) {
    let distance = 0;
    for (let a = 0; a < 3; a++) distance += (points[3 * i + a] - own[a]) ** 2;
    if (distance < least) [nearest, least] = [i, distance];
  }
  return names[nearest][0];
}
