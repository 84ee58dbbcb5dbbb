import { modelSpecification, type ModelSpecification } from '../../../shared/model';
import { failed, ok, type Result } from '../../../shared/result';
import type { FeatureSpace } from '../featureSpace';
import type { LatentModel, Params, Rows } from '../model';
import { createModel } from '../models/registry';
import type { Random } from '../numeric/random';
import type { EStep } from './eStep';
import { completeEStep } from './emptyComponents';
import { em, type RunOptions } from './em';
import { drain, type RunFailure } from './run';
import type { SeedingPasses } from './seeding';
import { plainStage } from './stage';

/** What making a start needs besides model and rows. */
export interface StartTools {
  readonly random: Random;
  /** The E-step of any model over the same rows: many starts run one of their own. */
  readonly eStepOf: (model: LatentModel) => EStep;
  /** Faster passes of a seeding than loops over rows; absent or null: there are none for these rows. */
  readonly seeding?: (() => SeedingPasses | null) | undefined;
  readonly shouldStop: RunOptions['shouldStop'];
}

/** A run that only starts another need not be polished. By eye. */
const startingRun = { tolerance: 1e-6, maxIterations: 100 };

/**
 * The model that makes a start for another one by a short run of its own. Complete numbers: k-means. Other kinds,
 * missing cells, known labels: the same columns with one variance each for all components, equal weights and shares
 * drawn away from 0 and 1, run by hard memberships: k-modes and k-prototypes (Huang, 1998) with a likelihood.
 */
export function startingSpecification(
  { family, components }: ModelSpecification,
  space: FeatureSpace,
  isPlain: boolean,
): ModelSpecification {
  const isNumeric = space.every(({ kind }) => kind === 'number');
  if (family === 'kmeans' || (isPlain && isNumeric)) return { family: 'kmeans', components };
  return modelSpecification.parse({
    family: 'mixed',
    components,
    covariance: 'EEI',
    weights: 'equal',
    prior: { probability: { a: 2, b: 2 }, category: 1 },
  });
}

/** Complete numbers of which no component is known: what k-means takes. */
export function isPlain({ space }: LatentModel, { hasMissing, label }: Rows): boolean {
  return space.every(({ kind }) => kind === 'number') && hasMissing !== true && label === undefined;
}

/** That model for these rows, on the same kernels: a team shares its E-steps too, and their bits must be the same. */
export function startingModel(model: LatentModel, rows: Rows): LatentModel {
  return createModel(
    startingSpecification(model.specification, model.space, isPlain(model, rows)),
    model.space,
    model.kernels,
  );
}

/** Of a start that was stopped while it was made. */
export const interrupted = (tools: StartTools): { readonly ok: false; readonly failure: RunFailure } =>
  failed({ kind: 'interrupted', reason: tools.shouldStop() ?? 'cancelled' });

/** A short run by hard memberships. Its failure is that of the start only when it was interrupted. */
export function polish(
  model: LatentModel,
  rows: Rows,
  params: Params,
  tools: StartTools,
): Result<Params, RunFailure> {
  const eStep = completeEStep(model, rows, tools.eStepOf(model));
  const { shouldStop } = tools;
  const stages = [plainStage({ kind: 'hard' })];
  const outcome = drain(
    em(model, eStep, params, { ...startingRun, stages, shouldStop, measure: eStep, measuresBound: false }),
  );
  if (!outcome.ok) return failed(outcome.failure);
  return shouldStop() === null ? ok(outcome.params) : interrupted(tools);
}
