import { featuresByKind } from '../../../shared/features';
import type { LatentModel, Params } from '../model';
import type { Random } from '../numeric/random';

/**
 * Moves the components of a mixture a little apart: means by normal numbers of `share` standard deviations of the whole
 * mixture, logits of probabilities and logarithms of the shares of categories by normal numbers of size `share`.
 * Probabilities of 0 and 1 stay, as they would under EM.
 */
export function perturb(model: LatentModel, params: Params, share: number, random: Random): Params {
  if (model.likelihood === null) return params;
  const moved = { ...params };
  const { mean, probability, category } = params;
  if (mean) {
    const sd = deviations(model, params);
    moved.mean = mean.map((value, i) => value + share * sd[i % sd.length] * random.normal());
  }
  if (probability) {
    const shifts = probability.map(() => share * random.normal());
    moved.probability = probability.map((p, i) => p / (p + (1 - p) * Math.exp(-shifts[i])));
  }
  if (category) {
    moved.category = category.map((p) => p * Math.exp(share * random.normal()));
    const levels = model.space.flatMap((feature) => (feature.kind === 'category' ? [feature.levels] : []));
    for (let from = 0; from < category.length;)
      for (const count of levels) {
        normalise(moved.category.subarray(from, from + count));
        from += count;
      }
  }
  return moved;
}

/** Standard deviation of each number column under the whole mixture. */
function deviations(model: LatentModel, params: Params): Float64Array {
  const covariance = model.likelihood?.moments(params).covariance ?? new Float64Array(0);
  const size = Math.sqrt(covariance.length);
  const widths = model.space.map((feature) => (feature.kind === 'category' ? feature.levels : 1));
  const coordinate = (feature: number): number =>
    widths.slice(0, feature).reduce((sum, width) => sum + width, 0);
  const numbers = featuresByKind(model.space).number.map(coordinate);
  return Float64Array.from(numbers, (at) => Math.sqrt(covariance[at * size + at]));
}

function normalise(shares: Float64Array): void {
  const total = shares.reduce((sum, value) => sum + value, 0);
  for (let i = 0; i < shares.length; i++) shares[i] /= total;
}
