import type { ComponentParameters, Start } from '../../shared/fit';
import type { Params } from '../engine/model';

/** fit = (file - mean) / sd, feature by feature. */
export interface Scaling {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/**
 * What a log-likelihood in units of the fit lacks to be one of the data in units of the file: the log of the
 * Jacobian of the scaling, once for each row (or unit of row weight).
 */
export function logJacobian({ sd }: Scaling, totalWeight: number): number {
  return -totalWeight * sd.reduce((sum, value) => sum + Math.log(value), 0);
}

/**
 * Parameters in units of the file. A model without covariances has null for them; one without weights (k-means
 * while it runs) NaN.
 */
export function parametersInFileUnits(params: Params, scaling: Scaling): ComponentParameters {
  const d = scaling.sd.length;
  const { weight, mean, covariance } = params as Partial<Params>;
  if (!mean) throw new Error('The model has no means.');
  return {
    weight: weight ?? new Float64Array(mean.length / d).fill(Number.NaN),
    mean: mean.map((value, index) => scaling.mean[index % d] + scaling.sd[index % d] * value),
    covariance:
      covariance?.map(
        (value, index) => value * scaling.sd[index % d] * scaling.sd[Math.floor(index / d) % d],
      ) ?? null,
  };
}

/** A start given in units of the file, in units of the fit. */
export function startInFitUnits(start: Start, scaling: Scaling): Start {
  const point = (row: readonly number[]): number[] =>
    row.map((value, j) => (value - scaling.mean[j]) / scaling.sd[j]);
  if ('centres' in start) return { centres: start.centres.map(point) };
  if ('parameters' in start) {
    const { weights, means, covariances } = start.parameters;
    return {
      parameters: {
        weights,
        means: means.map(point),
        covariances: covariances.map((matrix) =>
          matrix.map((row, i) => row.map((value, j) => value / (scaling.sd[i] * scaling.sd[j]))),
        ),
      },
    };
  }
  return start;
}
