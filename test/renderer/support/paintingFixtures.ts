import { colourOfHex } from '../../../shared/image/hexColour';
import { paintingId } from '../../../shared/ids';
import type { PaintingSummary } from '../../../shared/image/painting';
import { quantisationSpecification, type Swatch } from '../../../shared/image/quantisation';
import { pictureNamed } from './pictureFixtures';

/** A swatch of a palette of a small photo; every field can be replaced. */
export const swatchOf = (hex: string, pixels: number, changes: Partial<Swatch> = {}): Swatch => ({
  colour: colourOfHex(hex)!,
  pixels,
  isLocked: false,
  ...changes,
});

/** A painting of `pictureNamed('photo.png')` as the service would describe it; every field can be replaced. */
export const paintingNamed = (name: string, changes: Partial<PaintingSummary> = {}): PaintingSummary => ({
  painting: paintingId.parse(`painting-${name}`),
  picture: pictureNamed('photo.png').picture,
  precision: 'exact',
  specification: quantisationSpecification.parse({ goal: { kind: 'count', colours: 3 } }),
  swatches: [swatchOf('#a0522d', 60_000), swatchOf('#c0c0c0', 50_000), swatchOf('#101010', 25_300)],
  names: ['sienna', 'silver', 'black'],
  fit: {
    distortion: 1000,
    trace: new Float64Array([4000, 1000]),
    objective: 'distortion',
    restartsAtBest: 8,
    converged: true,
  },
  goal: null,
  bitsPerPixel: 2,
  ...changes,
});
