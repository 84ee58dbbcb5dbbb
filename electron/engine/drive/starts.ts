import type { Start } from '../../../shared/fit';
import type { ModelSpecification } from '../../../shared/model';
import { failed, ok, type Result } from '../../../shared/result';
import type { LatentModel, Params, Rows } from '../model';
import { covarianceRules } from '../models/covarianceStructures';
import { createModel } from '../models/registry';
import { cholesky } from '../numeric/linearAlgebra';
import type { Random } from '../numeric/random';
import { chunkCount, chunkRange } from '../rows';
import type { EStep } from './eStep';
import { completeEStep } from './emptyComponents';
import { drain, em, type RunFailure, type RunOptions } from './em';
import { seedCentres } from './seeding';

/** What making a start needs besides model and rows. */
export interface StartTools {
  readonly random: Random;
  /** The E-step of any model over the same rows: a start by k-means runs one of its own. */
  readonly eStepOf: (model: LatentModel) => EStep;
  readonly shouldStop: RunOptions['shouldStop'];
}

/** A k-means that only starts a mixture need not be polished. By eye. */
const startingKMeans = { tolerance: 1e-6, maxIterations: 100 };

/** How far given shares may be from a sum of one, to allow for decimals cut off in a file. */
const shareTolerance = 1e-6;

type Started = Result<Params, RunFailure>;
const badStart = (problem: string): Started => failed({ kind: 'badStart', problem });

/**
 * Parameters to begin with. Labels and responsibilities: M-step first. Centres: those of a k-means; for a mixture
 * rows go to the nearest centre, then the M-step. Parameters: as they are. All in units of the rows.
 */
export function initialise(model: LatentModel, rows: Rows, start: Start, tools: StartTools): Started {
  if ('parameters' in start) return fromParameters(model, start.parameters);
  if ('responsibilities' in start) return fromResponsibilities(model, rows, start.responsibilities);
  if ('labels' in start) return fromLabels(model, rows, start.labels);
  if ('centres' in start) {
    const centres = matrixOf(start.centres, model.components, model.features);
    return centres === null
      ? badStart(`centres must be ${model.components} lists of ${model.features} numbers`)
      : fromCentres(model, rows, centres, tools);
  }
  const stopped = (): boolean => tools.shouldStop() !== null;
  const rule = start.method === 'random' ? 'uniform' : 'distance';
  const seeds = seedCentres(rows, model.components, rule, tools.random, stopped);
  if (seeds === null) return interrupted(tools);
  if (!seeds.ok) return seeds;
  const polish = start.method === 'kmeans' && model.specification.family !== 'kmeans';
  if (!polish) return fromCentres(model, rows, seeds.value, tools);
  const kMeans = kMeansFor(model);
  const eStep = completeEStep(kMeans, rows, tools.eStepOf(kMeans));
  const options: RunOptions = { ...startingKMeans, policy: { kind: 'hard' }, shouldStop: tools.shouldStop };
  const outcome = drain(em(kMeans, eStep, { mean: seeds.value }, options));
  if (!outcome.ok) return failed(outcome.failure);
  if (tools.shouldStop() !== null) return interrupted(tools);
  return fromCentres(model, rows, outcome.params.mean, tools);
}

const interrupted = (tools: StartTools): Started =>
  failed({ kind: 'interrupted', reason: tools.shouldStop() ?? 'cancelled' });

function kMeansFor(model: LatentModel): LatentModel {
  const specification: ModelSpecification = { family: 'kmeans', components: model.components };
  return createModel(specification, model.space);
}

function fromCentres(model: LatentModel, rows: Rows, centres: Float64Array, tools: StartTools): Started {
  if (model.specification.family === 'kmeans') return ok({ mean: centres });
  const kMeans = kMeansFor(model);
  const distance = new Float64Array(chunkRange(rows.n, 0).to);
  return fromMemberships(model, rows, tools.shouldStop, (from, to, out) =>
    kMeans.posterior({ mean: centres }, rows, from, to, out, distance),
  );
}

function fromLabels(model: LatentModel, rows: Rows, labels: readonly number[]): Started {
  const k = model.components;
  if (labels.length !== rows.n) return badStart(`there are ${labels.length} labels for ${rows.n} rows`);
  const wrong = labels.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < k));
  if (wrong !== -1)
    return badStart(`label ${labels[wrong]} of row ${wrong} is not a whole number from 0 to ${k - 1}`);
  return fromMemberships(model, rows, never, (from, to, out) => {
    out.fill(0, 0, (to - from) * k);
    for (let i = from; i < to; i++) out[(i - from) * k + labels[i]] = 1;
  });
}

function fromResponsibilities(
  model: LatentModel,
  rows: Rows,
  responsibilities: readonly (readonly number[])[],
): Started {
  const k = model.components;
  const given = matrixOf(responsibilities, rows.n, k);
  if (given === null) return badStart(`responsibilities must be ${rows.n} lists of ${k} numbers`);
  for (let i = 0; i < rows.n; i++) {
    const shares = given.subarray(i * k, (i + 1) * k);
    if (!areShares(shares))
      return badStart(`the responsibilities of row ${i} are not shares that sum to one`);
  }
  return fromMemberships(model, rows, never, (from, to, out) => out.set(given.subarray(from * k, to * k)));
}

const never = (): null => null;

/**
 * M-step first: `fill` writes the memberships of rows [from, to). Two passes, the means and then the statistics
 * about them, so that narrow components far from the centre of the data lose no digits.
 */
function fromMemberships(
  model: LatentModel,
  rows: Rows,
  shouldStop: RunOptions['shouldStop'],
  fill: (from: number, to: number, out: Float64Array) => void,
): Started {
  const k = model.components;
  const memberships = new Float64Array(chunkRange(rows.n, 0).to * k);
  const kMeans = kMeansFor(model);
  const zero: Params = { mean: new Float64Array(k * model.features) };
  const sums = kMeans.emptyStats();
  const stats = model.emptyStats();
  const pass = (each: (from: number, to: number) => void): boolean => {
    for (let chunk = 0; chunk < chunkCount(rows.n); chunk++) {
      if (shouldStop() !== null) return false;
      const { from, to } = chunkRange(rows.n, chunk);
      fill(from, to, memberships);
      each(from, to);
    }
    return true;
  };
  const stopped = (): Started => failed({ kind: 'interrupted', reason: shouldStop() ?? 'cancelled' });

  if (!pass((from, to) => kMeans.accumulateGiven(memberships, rows, from, to, zero, sums))) return stopped();
  const empty = sums.weight.findIndex((weight) => !(weight > 0));
  if (empty !== -1) return failed({ kind: 'emptyComponent', component: empty });
  const means = kMeans.maximise(sums, zero);
  if (!means.ok || model.specification.family === 'kmeans') return means;
  if (!pass((from, to) => model.accumulateGiven(memberships, rows, from, to, means.value, stats)))
    return stopped();
  return model.maximise(stats, means.value);
}

interface GivenParameters {
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  readonly covariances: readonly (readonly (readonly number[])[])[];
}

function fromParameters(model: LatentModel, given: GivenParameters): Started {
  const { components: k, features: d, specification } = model;
  const mean = matrixOf(given.means, k, d);
  if (mean === null) return badStart(`means must be ${k} lists of ${d} numbers`);
  if (specification.family !== 'gaussian') return ok({ mean });
  const weight = Float64Array.from(given.weights);
  if (weight.length !== k || !areShares(weight))
    return badStart(`weights must be ${k} shares that sum to one`);
  const blocks = given.covariances.map((block) => matrixOf(block, d, d));
  const covariance = new Float64Array(k * d * d);
  if (blocks.length !== k) return badStart(`there are ${blocks.length} covariances for ${k} components`);
  for (const [j, block] of blocks.entries()) {
    const problem =
      block === null ? `is not ${d} lists of ${d} numbers` : covarianceProblem(block, d, specification);
    if (problem !== null) return badStart(`covariance ${j} ${problem}`);
    if (block !== null) covariance.set(block, j * d * d);
  }
  const total = weight.reduce((sum, value) => sum + value, 0);
  return ok({ weight: weight.map((value) => value / total), mean, covariance });
}

function covarianceProblem(
  block: Float64Array,
  d: number,
  specification: Extract<ModelSpecification, { family: 'gaussian' }>,
): string | null {
  const diagonal =
    covarianceRules[specification.covariance as keyof typeof covarianceRules].kind === 'diagonal';
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < a; b++) {
      const scale = Math.sqrt(Math.abs(block[a * d + a] * block[b * d + b]));
      if (Math.abs(block[a * d + b] - block[b * d + a]) > shareTolerance * scale) return 'is not symmetric';
      if (diagonal && block[a * d + b] !== 0)
        return `is not diagonal, as ${specification.covariance} must be`;
    }
  }
  const regular = cholesky(block, 0, d, null, new Float64Array(d * d)) === -1;
  return regular ? null : 'is not positive definite';
}

/** `rows` lists of `columns` finite numbers as one flat array; null when they are anything else. */
function matrixOf(lists: readonly (readonly number[])[], rows: number, columns: number): Float64Array | null {
  const right =
    lists.length === rows && lists.every((list) => list.length === columns && list.every(Number.isFinite));
  return right ? Float64Array.from(lists.flat()) : null;
}

function areShares(shares: Float64Array): boolean {
  const total = shares.reduce((sum, value) => sum + value, 0);
  return shares.every((share) => share >= 0) && Math.abs(total - 1) <= shareTolerance;
}
