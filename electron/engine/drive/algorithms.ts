import type { Algorithm } from '../../../shared/algorithm';
import type { FitFailure } from '../../../shared/fitFailure';
import { failed, ok, type Result } from '../../../shared/result';
import type { LatentModel, MStep, PosteriorPolicy, Rows } from '../model';
import { createRandom } from '../numeric/random';
import { squarem } from './acceleration';
import type { EStep } from './eStep';
import { batchesOf, onlineEStep } from './online';
import { perturb } from './perturb';
import { plainStage, type Stage } from './stage';
import type { Begun } from './membershipStart';

/** What a run consists of. */
export interface Plan {
  readonly stages: readonly Stage[];
  /** Most E-steps after the first. */
  readonly maxIterations: number;
}

/** What a plan depends on besides model and algorithm. */
export interface PlanContext {
  readonly rows: Rows;
  readonly begun: Begun;
  readonly seed: number;
  readonly restart: number;
  readonly maxIterations: number;
  /** An E-step over all rows. */
  readonly measure: EStep;
}

/** Why a model cannot be run so; null when it can. For whoever checks a request before it is run. */
export function algorithmProblem(model: LatentModel, algorithm: Algorithm): string | null {
  const { policies, partialMStep, conditionalSteps } = model.capabilities;
  const admits = (policy: PosteriorPolicy['kind']): boolean => policies.includes(policy);
  const refusal = `${model.name} cannot be run by "${algorithm.name}"`;
  switch (algorithm.name) {
    case 'em':
      if (!admits('soft')) return refusal;
      if (algorithm.mStep === 'partial' && !partialMStep) return `the M-step of ${model.name} has no parts`;
      if (algorithm.mStep === 'conditional' && conditionalSteps.length === 0)
        return `${model.name} has no parameters that can take turns`;
      return algorithm.acceleration !== 'none' && model.likelihood === null ? refusal : null;
    case 'hard':
      return admits('hard') ? null : refusal;
    case 'stochastic':
      return admits('sampled') ? null : refusal;
    case 'annealed':
      return admits('tempered') ? null : refusal;
    case 'online':
      return null;
  }
}

/** The stages of an algorithm. Throws where the model does not admit it: `algorithmProblem` tells before. */
export function planRun(
  model: LatentModel,
  algorithm: Algorithm | undefined,
  context: PlanContext,
): Result<Plan, FitFailure> {
  const { maxIterations } = context;
  const own = plainStage({ kind: model.capabilities.policies[0] });
  if (algorithm === undefined) return ok({ stages: [own], maxIterations });
  const problem = algorithmProblem(model, algorithm);
  if (problem !== null) throw new Error(problem);
  switch (algorithm.name) {
    case 'em':
      return ok({ stages: [emStage(model, algorithm)], maxIterations });
    case 'hard':
      return ok({ stages: [plainStage({ kind: 'hard' })], maxIterations });
    case 'stochastic':
      return ok({ stages: stochasticStages(algorithm, context), maxIterations });
    case 'annealed':
      return ok({ stages: annealedStages(model, algorithm, context), maxIterations });
    case 'online': {
      const wrong = algorithm.order?.findIndex((row) => row >= context.rows.n) ?? -1;
      if (wrong !== -1)
        return failed({
          kind: 'badStart',
          problem: `the order names row ${algorithm.order?.[wrong]}, which is not there`,
        });
      return ok(onlinePlan(model, algorithm, context, own));
    }
  }
}

type Named<Name extends Algorithm['name']> = Extract<Algorithm, { name: Name }>;

function emStage(model: LatentModel, { acceleration, mStep }: Named<'em'>): Stage {
  const turns: readonly MStep[] = mStep === 'conditional' ? model.capabilities.conditionalSteps : [mStep];
  const stage = { ...plainStage({ kind: 'soft' }), turns };
  return acceleration === 'squarem' && model.likelihood !== null
    ? { ...stage, accelerator: squarem(model.likelihood) }
    : stage;
}

/** Celeux and Diebolt (1985), with many draws Wei and Tanner (1990): draws, then EM from the best that was seen. */
function stochasticStages(
  { iterations, draws }: Named<'stochastic'>,
  { seed, restart }: PlanContext,
): Stage[] {
  return [
    {
      kind: 'sampled',
      // One more E-step measures what the last draw led to.
      iterations: iterations + 1,
      policy: (iteration) => ({ kind: 'sampled', draws, stream: { seed, restart, iteration } }),
      turns: ['full'],
      isMonotone: false,
      // A component that draws no rows, or too few, is bad luck and no property of the data.
      survivesFailure: true,
    },
    { ...plainStage({ kind: 'soft' }), begin: (_, best) => best },
  ];
}

/** Ueda and Nakano (1998), section 4: EM at each inverse temperature in turn, then plain EM. */
function annealedStages(
  model: LatentModel,
  { schedule, iterationsPerTemperature, perturbation }: Named<'annealed'>,
  { seed, restart }: PlanContext,
): Stage[] {
  const stages = schedule.map((inverseTemperature, index): Stage => ({
    kind: 'tempered',
    iterations: iterationsPerTemperature,
    policy: () => ({ kind: 'tempered', inverseTemperature }),
    turns: ['full'],
    isMonotone: true,
    ...(perturbation > 0 && {
      begin: (reached) =>
        perturb(model, reached, perturbation, createRandom(seed, 'perturbation', restart, index)),
    }),
    ...(perturbation > 0 && index === 0 && { notice: { kind: 'perturbedMeans', share: perturbation } }),
  }));
  return [...stages, plainStage({ kind: 'soft' })];
}

/** Its epochs, of which there are at most as many as iterations are allowed, and one pass that measures the result. */
function onlinePlan(model: LatentModel, algorithm: Named<'online'>, context: PlanContext, own: Stage): Plan {
  const { rows, seed, restart } = context;
  const perEpoch = Math.ceil((algorithm.order?.length ?? rows.n) / algorithm.batchSize);
  const epochs = Math.min(algorithm.epochs, context.maxIterations);
  const batches = batchesOf(rows, algorithm, (epoch) => createRandom(seed, 'order', restart, epoch));
  const stages: Stage[] = [
    {
      kind: 'batch',
      iterations: perEpoch * epochs,
      policy: own.policy,
      turns: own.turns,
      isMonotone: false,
      eStep: onlineEStep(model, batches, algorithm, context),
    },
    { ...own, iterations: 1 },
  ];
  return { stages, maxIterations: Infinity };
}
