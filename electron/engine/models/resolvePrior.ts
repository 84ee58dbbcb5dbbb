import { featuresByKind } from '../../../shared/features';
import type { ModelSpecification } from '../../../shared/model';
import type { FeatureSpace } from '../featureSpace';
import type { Rows } from '../model';
import { cholesky } from '../numeric/linearAlgebra';
import { observedMoments } from '../observedMoments';
import type { GivenNormalPrior } from './normalPrior';

/** How many rows' worth mclust's prior mean is. */
const defaultShrinkage = 0.01;

/**
 * The specification with mclust's default prior in numbers, where it asks for that: what `createModel` needs. Mean and
 * variances are those of the observed cells, with divisor n - 1 (rows count by weight).
 *
 * Source: Fraley and Raftery (2007), section 3.2; mclust 6.0.0, `defaultPrior`.
 */
export function resolvePrior(
  specification: ModelSpecification,
  rows: Rows,
  space: FeatureSpace,
): ModelSpecification {
  if (specification.family !== 'gaussian' && specification.family !== 'mixed') return specification;
  if (specification.prior.normal !== 'default') return specification;
  const { number: columns } = featuresByKind(space);
  const { components, covariance } = specification;
  const normal = defaultPrior(rows, columns, components, /^..I$/.test(covariance));
  // Written twice because each family has a type of its own.
  return specification.family === 'gaussian'
    ? { ...specification, prior: { ...specification.prior, normal } }
    : { ...specification, prior: { ...specification.prior, normal } };
}

function defaultPrior(
  rows: Rows,
  columns: readonly number[],
  components: number,
  isDiagonal: boolean,
): GivenNormalPrior {
  const d = columns.length;
  const { mean, covariance } = observedMoments(rows, columns, 1);
  const share = components ** (-2 / d);
  const average = columns.reduce((sum, _, a) => sum + covariance[a * (d + 1)] / d, 0);
  const scale = columns.map((_, a) =>
    columns.map((__, b) => share * (isDiagonal ? (a === b ? average : 0) : covariance[a * d + b])),
  );
  return { mean: [...mean], shrinkage: defaultShrinkage, degreesOfFreedom: d + 2, scale };
}

/** Relative difference of mirrored elements that decimals cut off in a file can make. */
const symmetryTolerance = 1e-6;

/**
 * What is wrong with the prior of a specification for these features, in words; null when nothing is. `createModel`
 * and `resolvePrior` expect a prior without a problem.
 */
export function priorProblem(specification: ModelSpecification, space: FeatureSpace): string | null {
  if (specification.family !== 'gaussian' && specification.family !== 'mixed') return null;
  const { normal } = specification.prior;
  if (normal === undefined) return null;
  const d = featuresByKind(space).number.length;
  if (d === 0) return 'a prior for means and covariances needs a number column';
  if (specification.covariance === 'fixed')
    return 'a prior for covariances has nothing to act on when they are given: choose another shape, or no prior';
  if (normal === 'default') return null;
  const { mean, scale, degreesOfFreedom } = normal;
  if (mean.length !== d) return `the prior mean has ${mean.length} numbers for ${d} number columns`;
  if (scale.length !== d || scale.some((row) => row.length !== d))
    return `the prior scale is not a matrix of ${d} x ${d}`;
  if (!(degreesOfFreedom > d - 1))
    return `the prior's degrees of freedom must be more than ${d - 1}, the number columns less one`;
  const isSymmetric = scale.every((row, a) =>
    row.every(
      (value, b) =>
        Math.abs(value - scale[b][a]) <= symmetryTolerance * Math.sqrt(Math.abs(scale[a][a] * scale[b][b])),
    ),
  );
  if (!isSymmetric) return 'the prior scale is not symmetric';
  const isPositive = cholesky(Float64Array.from(scale.flat()), 0, d, null, new Float64Array(d * d)) === -1;
  return isPositive ? null : 'the prior scale is not positive definite';
}
