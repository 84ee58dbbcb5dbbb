import { setImmediate } from 'node:timers/promises';
import type { Algorithm } from '../../../shared/algorithm';
import type { Failure } from '../../../shared/failure';
import type { FitSpecification, StopReason } from '../../../shared/fit';
import { failed, ok, type Result } from '../../../shared/result';
import { OnlineStatistics, totalWeight } from '../../engine/drive/online';
import type { HalfStep } from '../../engine/drive/run';
import type { LatentModel, Params } from '../../engine/model';
import { scaleStats } from '../../engine/statistics';
import type { RowStream } from '../../files/rowStream';
import { streamBatches } from './streamBatches';
import type { StreamSurvey } from './streamSurvey';

type Online = Extract<Algorithm, { name: 'online' }>;

/** What the epochs are told, and tell. */
export interface EpochTools {
  readonly algorithm: Online;
  readonly isStopped: () => 'cancelled' | 'timeLimit' | null;
  readonly onStep: (
    iteration: number,
    point: HalfStep & { objective: number },
    done: number,
    params: Params,
  ) => void;
}

/** The epochs. Each iteration is one batch; the objective is estimated from it. */
export async function runEpochs(
  stream: RowStream,
  survey: StreamSurvey,
  model: LatentModel,
  begin: Params,
  { run }: FitSpecification,
  { algorithm, isStopped, onStep }: EpochTools,
): Promise<Result<{ params: Params; trace: number[]; halfSteps: HalfStep[]; stopped: StopReason }, Failure>> {
  const { sample } = survey;
  const policy = { kind: model.capabilities.policies[0] };
  const stats = model.emptyStats();
  model.accumulate(begin, sample.rows, 0, sample.rows.n, policy, stats);
  scaleStats(stats, sample.totalWeight / totalWeight(sample.rows));
  const online = new OnlineStatistics(model, { stats, origin: begin }, sample.totalWeight, algorithm);
  const epochs = Math.min(algorithm.epochs, run.maxIterations);
  const trace: number[] = [];
  const halfSteps: HalfStep[] = [];
  let params = begin;
  for (let epoch = 0; epoch < epochs; epoch++) {
    let share = 0;
    const onBytes = (bytes: number): void => {
      share = bytes / stream.sizeBytes;
    };
    for await (const batch of streamBatches(stream, survey, algorithm.batchSize, onBytes)) {
      const stopped = isStopped();
      if (stopped !== null) return ok({ params, trace, halfSteps, stopped });
      const { stats: blended, rowObjective } = online.add(params, batch, policy);
      const prior = model.logPrior(params);
      const objective = rowObjective.objective + prior;
      const halfStep: HalfStep = {
        logLikelihood: rowObjective.logLikelihood + prior,
        boundAfterM: NaN,
        boundAfterE: rowObjective.bound + prior,
      };
      trace.push(objective);
      halfSteps.push(halfStep);
      onStep(trace.length - 1, { ...halfStep, objective }, (epoch + share) / (epochs + 1), params);
      const next = model.maximise(blended, params);
      if (!next.ok)
        return failed({
          kind: 'fitFailed',
          failure: next.failure,
          restarts: 1,
          features: sample.features.flatMap(({ kind, name }) => (kind === 'number' ? [name] : [])),
        });
      params = next.value;
      await setImmediate();
    }
  }
  return ok({ params, trace, halfSteps, stopped: 'iterationLimit' });
}
