import type { Failure } from '../../../shared/failure';
import type { FitSpecification } from '../../../shared/fit';
import { failed, ok, type Result } from '../../../shared/result';
import { serialEStep } from '../../engine/drive/eStep';
import { bestOutcome, runRestart } from '../../engine/drive/restarts';
import { drain } from '../../engine/drive/run';
import type { LatentModel, Params } from '../../engine/model';
import type { StreamSurvey } from './streamSurvey';
import { startInFitUnits } from '../units';

/** A start on the sample need not be polished: the stream goes on from it. By eye. */
const startingRun = { tolerance: 1e-4, maxIterations: 20 };

/** Where the epochs begin: the best of short runs on the sample, or what was given. */
export function startOnSample(
  model: LatentModel,
  { sample }: StreamSurvey,
  { start, run }: FitSpecification,
): Result<{ params: Params; restart: number }, Failure> {
  const { rows } = sample;
  const maxIterations = 'method' in start ? startingRun.maxIterations : 0;
  const outcomes = Array.from({ length: 'method' in start ? run.restarts : 1 }, (_, restart) =>
    drain(
      runRestart({
        model,
        rows,
        start: startInFitUnits(start, sample.scaling, sample.features),
        seed: run.seed,
        restart,
        options: { ...startingRun, maxIterations, shouldStop: () => null },
        eStepOf: (other) => serialEStep(other, rows, () => false),
      }),
    ),
  );
  const restart = bestOutcome(outcomes) ?? 0;
  const best = outcomes[restart];
  if (best.ok) return ok({ params: best.params, restart });
  if (best.failure.kind === 'interrupted') throw new Error('nobody interrupts a start');
  const features = sample.features.flatMap(({ kind, name }) => (kind === 'number' ? [name] : []));
  return failed({ kind: 'fitFailed', failure: best.failure, restarts: outcomes.length, features });
}
