import { featuresByKind, type FitFeature } from '../../shared/features';
import type { ComponentParameters, Start } from '../../shared/fit';
import type { FeatureSpace } from '../engine/featureSpace';
import type { Params } from '../engine/model';
import { scaleStart, type Scaling } from '../engine/scaling';

/**
 * Parameters in units of the file. A model without covariances has null for them; one without weights (k-means while
 * it runs) NaN; probabilities and categories have no units.
 */
export function parametersInFileUnits(
  params: Params,
  scaling: Scaling,
  components: number,
): ComponentParameters {
  const d = scaling.sd.length;
  const { weight, mean, variance, covariance, probability, category } = params as Partial<Params>;
  return {
    weight: weight ?? new Float64Array(components).fill(Number.NaN),
    mean: (mean ?? new Float64Array(0)).map(
      (value, index) => scaling.mean[index % d] + scaling.sd[index % d] * value,
    ),
    covariance:
      variance?.map((value, index) => value * scaling.sd[index % d] ** 2) ??
      (covariance ? scaledMatrices(covariance, scaling.sd) : null),
    probability: probability ?? new Float64Array(0),
    category: category ?? new Float64Array(0),
  };
}

/** Covariance matrices, one after the other, of features times `sd`. */
function scaledMatrices(matrices: Float64Array, sd: Scaling['sd']): Float64Array {
  const scaled = new Float64Array(matrices.length);
  const d = sd.length;
  for (let row = 0; row < matrices.length; row += d) {
    const own = sd[(row / d) % d];
    for (let b = 0; b < d; b++) scaled[row + b] = matrices[row + b] * (sd[b] * own);
  }
  return scaled;
}

/** A start given in units of the file and with levels by name, in units of the fit and with levels in its order. */
export function startInFitUnits(start: Start, scaling: Scaling, features: readonly FitFeature[]): Start {
  return scaleStart(levelsInOrder(start, features), features, scaling);
}

function levelsInOrder(start: Start, features: readonly FitFeature[]): Start {
  if (!('parameters' in start) || start.parameters.levels === undefined) return start;
  const { categories, levels } = start.parameters;
  return {
    ...start,
    parameters: {
      ...start.parameters,
      categories: categories.map((own) => sharesInOrder(own, levels, features)),
    },
  };
}

/** Shares of named levels in the order the fit has them; 0 for a level that was not named. */
function sharesInOrder(
  shares: readonly (readonly number[])[],
  levels: readonly (readonly string[])[],
  features: readonly FitFeature[],
): number[][] {
  const own = features.flatMap((feature) => (feature.kind === 'category' ? [feature.levels] : []));
  return shares.map((given, index) =>
    (own[index] ?? levels[index] ?? []).map((level) => given[levels[index]?.indexOf(level) ?? -1] ?? 0),
  );
}

/** Mean and covariance of the mixture, over features and levels, in units of the file. */
export function momentsInFileUnits(
  { mean, covariance }: { mean: Float64Array; covariance: Float64Array },
  scaling: Scaling,
  space: FeatureSpace,
): { mean: Float64Array; covariance: Float64Array } {
  const { number } = featuresByKind(space);
  const shift: number[] = [];
  const factor: number[] = [];
  for (const [index, feature] of space.entries()) {
    const at = number.indexOf(index);
    const width = feature.kind === 'category' ? feature.levels : 1;
    for (let level = 0; level < width; level++) {
      shift.push(at < 0 ? 0 : scaling.mean[at]);
      factor.push(at < 0 ? 1 : scaling.sd[at]);
    }
  }
  const size = mean.length;
  return {
    mean: mean.map((value, a) => shift[a] + factor[a] * value),
    covariance: covariance.map(
      (value, index) => value * factor[index % size] * factor[Math.floor(index / size)],
    ),
  };
}
