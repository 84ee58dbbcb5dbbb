import type { Start } from '../../../shared/fit';
import { featuresByKind } from '../../../shared/features';
import { ok } from '../../../shared/result';
import type { LatentModel, Params } from '../model';
import { covarianceRules } from '../models/covarianceStructures';
import { diagonalsOf } from '../models/dispersion';
import { cholesky } from '../numeric/linearAlgebra';
import { areShares, badStart, matrixOf } from './givenStart';
import type { Started } from './membershipStart';

type GivenParameters = Extract<Start, { parameters: unknown }>['parameters'];

/** Relative difference at which two halves of a covariance are not the same: decimals cut off in a file. */
const symmetryTolerance = 1e-6;

/** Parameters as they are, for the features of each kind in their order. E-step first. */
export function fromParameters(model: LatentModel, given: GivenParameters): Started {
  const params: Params = {};
  for (const name of Object.keys(model.shape)) {
    const values = readParameter[name as keyof typeof readParameter](model, given);
    if (typeof values === 'string') return badStart(values);
    params[name] = values;
  }
  return ok({ params, statistics: null });
}

/** Each parameter of a shape: its numbers, or what is wrong with those given. */
const readParameter = { weight, mean, variance, covariance, probability, category } as const;

function weight(
  { components: k, specification }: LatentModel,
  given: GivenParameters,
): Float64Array | string {
  const weights = Float64Array.from(given.weights);
  if (weights.length !== k || !areShares(weights)) return `weights must be ${k} shares that sum to one`;
  if ('weights' in specification && specification.weights === 'equal') return weights.fill(1 / k);
  normalise(weights);
  return weights;
}

function mean({ components: k, space }: LatentModel, given: GivenParameters): Float64Array | string {
  const d = featuresByKind(space).number.length;
  return matrixOf(given.means, k, d) ?? `means must be ${k} lists of ${d} numbers`;
}

/** Of structures along the features, given as matrices. */
function variance(model: LatentModel, given: GivenParameters): Float64Array | string {
  const { components: k, space, specification } = model;
  const d = featuresByKind(space).number.length;
  if ('sd' in specification && specification.covariance === 'fixed')
    return new Float64Array(k * d).fill(specification.sd ** 2);
  const matrices = covariance(model, given);
  return typeof matrices === 'string' ? matrices : diagonalsOf(matrices, d);
}

function covariance(
  { components: k, space, specification }: LatentModel,
  given: GivenParameters,
): Float64Array | string {
  if (!('covariance' in specification) || specification.covariance === 'fixed')
    throw new Error(`${specification.family} takes no covariances`);
  const d = featuresByKind(space).number.length;
  const all = new Float64Array(k * d * d);
  const blocks = given.covariances.map((block) => matrixOf(block, d, d));
  if (blocks.length !== k) return `there are ${blocks.length} covariances for ${k} components`;
  const isDiagonal = covarianceRules[specification.covariance].kind === 'diagonal';
  for (const [j, block] of blocks.entries()) {
    if (block === null) return `covariance ${j} is not ${d} lists of ${d} numbers`;
    const problem = covarianceProblem(block, d, isDiagonal ? specification.covariance : null);
    if (problem !== null) return `covariance ${j} ${problem}`;
    all.set(block, j * d * d);
  }
  return all;
}

function covarianceProblem(block: Float64Array, d: number, diagonalStructure: string | null): string | null {
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < a; b++) {
      const scale = Math.sqrt(Math.abs(block[a * d + a] * block[b * d + b]));
      if (Math.abs(block[a * d + b] - block[b * d + a]) > symmetryTolerance * scale)
        return 'is not symmetric';
      if (diagonalStructure !== null && block[a * d + b] !== 0)
        return `is not diagonal, as ${diagonalStructure} must be`;
    }
  }
  const regular = cholesky(block, 0, d, null, new Float64Array(d * d)) === -1;
  return regular ? null : 'is not positive definite';
}

/** Where one probability is shared by all columns, one is enough. */
function probability(
  { components: k, space, specification }: LatentModel,
  given: GivenParameters,
): Float64Array | string {
  const d = featuresByKind(space).yesNo.length;
  const isShared = 'probabilities' in specification && specification.probabilities === 'shared';
  const single = isShared ? matrixOf(given.probabilities, k, 1) : null;
  const all =
    single === null
      ? matrixOf(given.probabilities, k, d)
      : Float64Array.from({ length: k * d }, (_, i) => single[Math.floor(i / d)]);
  if (all === null) return `probabilities must be ${k} lists of ${d} numbers`;
  return all.every((p) => p >= 0 && p <= 1) ? all : 'probabilities must lie between 0 and 1';
}

function category({ components: k, space }: LatentModel, given: GivenParameters): Float64Array | string {
  const levels = space.flatMap((feature) => (feature.kind === 'category' ? [feature.levels] : []));
  const numbers: number[] = [];
  if (given.categories.length !== k) return `there are categories for ${given.categories.length} components`;
  for (const [j, features] of given.categories.entries()) {
    for (const [index, count] of levels.entries()) {
      const shares = Float64Array.from(features.at(index) ?? []);
      if (features.length !== levels.length || shares.length !== count || !areShares(shares))
        return `categories of component ${j} must be shares of ${levels.join(', ')} levels that sum to one`;
      normalise(shares);
      numbers.push(...shares);
    }
  }
  return Float64Array.from(numbers);
}

function normalise(shares: Float64Array): void {
  const total = shares.reduce((sum, value) => sum + value, 0);
  for (let i = 0; i < shares.length; i++) shares[i] /= total;
}
