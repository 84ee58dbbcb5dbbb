import type { ColourSpace } from '../../shared/image/quantisation';
import { numberFeatures } from '../engine/featureSpace';
import type { LatentModel, Params } from '../engine/model';
import { createModel } from '../engine/models/registry';
import type { Kernels } from '../kernels/kernels';
import { coloursInSpace } from './colourSpaces';

/** A mixture of Gaussians over colours, as plain data: threads may be sent it. */
export interface ColourMixture {
  readonly space: ColourSpace;
  /** Coordinates of a colour. */
  readonly d: 3 | 4;
  /** Of its components, as the Gaussian family has them. */
  readonly params: Params;
  /** The place in the palette of each component's colour; -1: it was left out of the palette. */
  readonly place: Int32Array;
}

/** Colours whose probabilities are found at once. */
const blockColours = 4096;

/** Gaussians with a full covariance each, `ridge` added to their variances in an M-step. */
export const mixtureModel = (components: number, d: number, ridge: number, kernels: Kernels): LatentModel =>
  createModel(
    {
      family: 'gaussian',
      components,
      weights: 'free',
      covariance: 'VVV',
      sd: 1,
      ridge,
      prior: { weights: 1 },
    },
    numberFeatures(d),
    kernels,
  );

/**
 * The probability of one colour of the palette for each of `rgba` (4 bytes each), 0 to 1: that of the components it
 * stands for, those left out of the palette not counted (Bishop, 2006, eq. 9.13). Without meaning for wholly transparent
 * colours.
 */
export function probabilityOfColour(
  mixture: ColourMixture,
  at: number,
  rgba: Uint8Array,
  kernels: Kernels,
): Float64Array {
  const { space, d, params, place } = mixture;
  const k = place.length;
  const model = mixtureModel(k, d, 0, kernels);
  const n = rgba.length / 4;
  const probability = new Float64Array(n);
  for (let from = 0; from < n; from += blockColours) {
    const to = Math.min(n, from + blockColours);
    const x = coloursInSpace(space, rgba.subarray(4 * from, 4 * to), d);
    const shares = posteriorOf(model, params, { x, n: to - from, d }, 0, to - from);
    for (let i = 0; i < to - from; i++) {
      let [own, all] = [0, 0];
      for (let j = 0; j < k; j++) {
        if (place[j] < 0) continue;
        all += shares[i * k + j];
        if (place[j] === at) own += shares[i * k + j];
      }
      probability[from + i] = all > 0 ? own / all : 0;
    }
  }
  return probability;
}

/** Probabilities of the components for points [from, to): (to - from) x k, each row sums to one. */
export function posteriorOf(
  model: LatentModel,
  params: Params,
  points: { readonly x: Float64Array; readonly n: number; readonly d: number },
  from: number,
  to: number,
): Float64Array {
  const out = new Float64Array((to - from) * model.components);
  model.posterior(params, points, from, to, out, new Float64Array(to - from));
  return out;
}
