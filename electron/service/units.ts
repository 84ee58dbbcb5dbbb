import { featuresByKind, type FitFeature } from '../../shared/features';
import type { ComponentParameters, Start } from '../../shared/fit';
import type { ModelSpecification } from '../../shared/model';
import type { FeatureSpace } from '../engine/featureSpace';
import type { Params } from '../engine/model';
import type { Scaling } from './scaling';

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
  const { weight, mean, covariance, probability, category } = params as Partial<Params>;
  return {
    weight: weight ?? new Float64Array(components).fill(Number.NaN),
    mean: (mean ?? new Float64Array(0)).map(
      (value, index) => scaling.mean[index % d] + scaling.sd[index % d] * value,
    ),
    covariance:
      covariance?.map(
        (value, index) => value * (scaling.sd[index % d] * scaling.sd[Math.floor(index / d) % d]),
      ) ?? null,
    probability: probability ?? new Float64Array(0),
    category: category ?? new Float64Array(0),
  };
}

/** A start given in units of the file and with levels by name, in units of the fit and with levels in its order. */
export function startInFitUnits(start: Start, scaling: Scaling, features: readonly FitFeature[]): Start {
  if ('centres' in start) {
    const { number } = featuresByKind(features);
    return {
      centres: start.centres.map((centre) =>
        centre.map((value, feature) => {
          const at = number.indexOf(feature);
          return at < 0 ? value : (value - scaling.mean[at]) / scaling.sd[at];
        }),
      ),
    };
  }
  if (!('parameters' in start)) return start;
  const { means, covariances, categories, levels } = start.parameters;
  return {
    ...start,
    parameters: {
      ...start.parameters,
      categories: levels ? categories.map((own) => sharesInOrder(own, levels, features)) : categories,
      means: means.map((mean) => pointInFitUnits(mean, scaling)),
      covariances: covariances.map((matrix) => matrixInFitUnits(matrix, scaling)),
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

/** The model with a prior given in units of the file, in units of the fit. */
export function priorInFitUnits(model: ModelSpecification, scaling: Scaling): ModelSpecification {
  if (model.family !== 'gaussian' && model.family !== 'mixed') return model;
  const { normal } = model.prior;
  if (normal === undefined || normal === 'default') return model;
  const moved = {
    ...normal,
    mean: pointInFitUnits(normal.mean, scaling),
    scale: matrixInFitUnits(normal.scale, scaling),
  };
  // Written twice because each family has a type of its own.
  return model.family === 'gaussian'
    ? { ...model, prior: { ...model.prior, normal: moved } }
    : { ...model, prior: { ...model.prior, normal: moved } };
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

const pointInFitUnits = (point: readonly number[], { mean, sd }: Scaling): number[] =>
  point.map((value, a) => (value - mean[a]) / sd[a]);

const matrixInFitUnits = (matrix: readonly (readonly number[])[], { sd }: Scaling): number[][] =>
  matrix.map((row, a) => row.map((value, b) => value / (sd[a] * sd[b])));
