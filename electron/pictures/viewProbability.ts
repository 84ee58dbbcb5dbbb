import type { PictureView } from '../../shared/image/picture';
import { failed, ok } from '../../shared/result';
import { probabilityOfColour, type ColourMixture } from '../image/colourMixture';
import { overPixels } from '../image/overPixels';
import { rowsOfIndex } from '../image/view/rows';
import { scaleDown } from '../image/view/scaleDown';
import type { PictureJob } from './pictureJob';
import type { ViewFrame } from './scaleOriginal';
import { shared } from './sharedMemory';
import type { SharedPicture } from './sharedPicture';
import { threadWorkplace } from './threadWorkplace';

/** The probability of one colour of a mixture at each pixel, 0 to 255, in shared memory; 0 where nothing can be seen. */
export const probabilityOfPixels: PictureJob<
  { readonly picture: SharedPicture; readonly mixture: ColourMixture; readonly at: number },
  never,
  Uint8Array
> = ({ picture: { pixels, histogram }, mixture, at }, context) => {
  const ofColour = new Uint8Array(histogram.size + 1);
  const workplace = threadWorkplace(context, { n: 1, d: mixture.d, components: mixture.place.length });
  const probability = probabilityOfColour(mixture, at, histogram.rgba, workplace.kernels);
  for (let i = 0; i < probability.length; i++) ofColour[i] = Math.round(255 * probability[i]);
  return Promise.resolve(
    ok(shared(overPixels(pixels, histogram, ofColour, (length) => new Uint8Array(length)))),
  );
};

const greys = Uint32Array.from({ length: 256 }, (_, grey) => (0xff000000 | (grey * 0x010101)) >>> 0);

/** Probabilities of pixels as grey levels, black 0 to white 1. */
export const viewProbability: PictureJob<
  { readonly probability: Uint8Array; readonly pictureWidth: number; readonly frame: ViewFrame },
  never,
  PictureView
> = ({ probability, pictureWidth, frame: { region, width, height } }, { shouldStop }) => {
  const rows = rowsOfIndex(probability, pictureWidth, greys);
  const view = scaleDown(rows, region, width, height, shouldStop);
  return Promise.resolve(view === null ? failed({ kind: 'cancelled' }) : ok(view));
};
