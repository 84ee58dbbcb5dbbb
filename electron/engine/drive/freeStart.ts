import type { Start } from '../../../shared/fit';
import type { ModelSpecification } from '../../../shared/model';
import { failed, ok } from '../../../shared/result';
import type { LatentModel, Rows } from '../model';
import { createModel } from '../models/registry';
import type { Random } from '../numeric/random';
import { chunkRange } from '../rows';
import type { EStep } from './eStep';
import { completeEStep } from './emptyComponents';
import { em, type RunOptions } from './em';
import { fromMemberships, type Started } from './membershipStart';
import { drain } from './run';
import { plainSeeding } from './plainSeeding';
import { seedCentres, type SeedingPasses } from './seeding';
import { plainStage } from './stage';

/** What making a start needs besides model and rows. */
export interface StartTools {
  readonly random: Random;
  /** The E-step of any model over the same rows: a start by k-means runs one of its own. */
  readonly eStepOf: (model: LatentModel) => EStep;
  /** Faster passes of a seeding than loops over rows; absent or null: there are none for these rows. */
  readonly seeding?: (() => SeedingPasses | null) | undefined;
  readonly shouldStop: RunOptions['shouldStop'];
}

type Method = Extract<Start, { method: unknown }>['method'];

/** A k-means that only starts a mixture need not be polished. By eye. */
const startingRun = { tolerance: 1e-6, maxIterations: 100 };

export function freeStart(model: LatentModel, rows: Rows, method: Method, tools: StartTools): Started {
  const stopped = (): boolean => tools.shouldStop() !== null;
  const rule = method === 'random' ? 'uniform' : 'distance';
  const passes = tools.seeding?.() ?? plainSeeding(rows, model.components, stopped);
  const seeds = seedCentres(rows, model.components, rule, tools.random, stopped, passes);
  if (seeds === null) return interrupted(tools);
  if (!seeds.ok) return seeds;
  const polish = method === 'kmeans' && model.specification.family !== 'kmeans';
  if (!polish) return fromCentres(model, rows, seeds.value, tools);
  const kMeans = kMeansFor(model);
  const eStep = completeEStep(kMeans, rows, tools.eStepOf(kMeans));
  const outcome = drain(
    em(
      kMeans,
      eStep,
      { mean: seeds.value },
      {
        ...startingRun,
        stages: [plainStage({ kind: 'hard' })],
        shouldStop: tools.shouldStop,
        measure: eStep,
      },
    ),
  );
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

/** Centres of a k-means as they are; for a mixture the M-step of the rows nearest to each. */
export function fromCentres(
  model: LatentModel,
  rows: Rows,
  centres: Float64Array,
  tools: StartTools,
): Started {
  if (model.specification.family === 'kmeans') return ok({ params: { mean: centres }, statistics: null });
  const kMeans = kMeansFor(model);
  const distance = new Float64Array(chunkRange(rows.n, 0).to);
  return fromMemberships(model, rows, tools.shouldStop, (from, to, out) =>
    kMeans.posterior({ mean: centres }, rows, from, to, out, distance),
  );
}
