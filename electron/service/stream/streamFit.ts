import type { CallAnswer } from '../../../shared/contract/messages';
import type { Failure } from '../../../shared/failure';
import type { FitEvent, FitSpecification, FitSummary } from '../../../shared/fit';
import { fitId, tableId } from '../../../shared/ids';
import { failed, ok, type Result } from '../../../shared/result';
import type { HalfStep } from '../../engine/drive/run';
import { canonicalOrder, relabel } from '../../engine/identity';
import type { Params } from '../../engine/model';
import { createRandom } from '../../engine/numeric/random';
import type { RowStream } from '../../files/rowStream';
import { reportedObjective } from '../reportedObjective';
import { modelOf } from '../runFit';
import { runEpochs } from './streamEpochs';
import { measureStream } from './streamMeasure';
import { startOnSample } from './streamStart';
import { surveyStream } from './streamSurvey';
import { distinguishing, momentsOf } from '../summariseFit';
import { momentsInFileUnits, parametersInFileUnits } from '../units';

const eventEveryMs = 100;

/**
 * Online EM over rows that are read from their file anew in every epoch and never held: one pass to learn moments and
 * levels, a start on an even sample of the rows, the epochs, in the order of the file, and one pass that measures. The
 * statistics begin with those of the sample. Runs on the calling thread; what it holds does not grow with the file.
 */
export async function streamFit(
  stream: RowStream,
  specification: FitSpecification,
  emit: (event: FitEvent) => void,
  signal: AbortSignal,
): Promise<Result<CallAnswer<'fit.stream'>, Failure>> {
  const { run } = specification;
  const wrong = contradiction(specification);
  if (wrong || run.algorithm?.name !== 'online')
    return failed({ kind: 'badRequest', ...(wrong ?? notOnline) });
  const startedAt = performance.now();
  const elapsedMs = (): number => performance.now() - startedAt;
  const survey = await surveyStream(stream, specification, createRandom(run.seed, 'stream sample'), signal);
  if (!survey.ok) return survey;
  const { sample } = survey.value;
  const made = modelOf(sample, specification);
  if (!made.ok) return made;
  const model = made.value;
  const start = startOnSample(model, survey.value, specification);
  if (!start.ok) return start;

  const reported = reportedObjective(model, sample);
  let told = elapsedMs();
  const onStep = (
    iteration: number,
    point: HalfStep & { objective: number },
    done: number,
    params: Params,
  ): void => {
    if (elapsedMs() - told < eventEveryMs) return;
    told = elapsedMs();
    emit({
      kind: 'progress',
      elapsedMs: told,
      fraction: done,
      points: [
        {
          restart: 0,
          iteration,
          objective: reported(point.objective),
          logLikelihood: reported(point.logLikelihood),
          boundAfterM: reported(point.boundAfterM),
          boundAfterE: reported(point.boundAfterE),
        },
      ],
      leading: {
        restart: 0,
        iteration,
        parameters: parametersInFileUnits(params, sample.scaling, model.components),
      },
    });
  };
  const ended = await runEpochs(stream, survey.value, model, start.value.params, specification, {
    algorithm: run.algorithm,
    isStopped: () =>
      signal.aborted
        ? 'cancelled'
        : elapsedMs() > 1000 * (run.timeLimitSeconds ?? Infinity)
          ? 'timeLimit'
          : null,
    onStep,
  });
  if (!ended.ok) return ended;
  if (ended.value.stopped === 'cancelled') return failed({ kind: 'cancelled' });
  emit({ kind: 'finishing', elapsedMs: elapsedMs() });

  let { params } = ended.value;
  if ('method' in specification.start) {
    const sizes = (params as Partial<Params>).weight ?? new Float64Array(model.components);
    params = relabel(params, model.shape, canonicalOrder(sizes, distinguishing(params)));
  }
  const measured = await measureStream(stream, survey.value, model, params, signal);
  if (measured === null) return failed({ kind: 'cancelled' });
  const { trace, halfSteps, stopped } = ended.value;
  const objective = measured.criteria[measured.objective] ?? NaN;
  const iterations = trace.length;
  const moments = momentsOf(model, params);
  const ownWeight = { weight: Float64Array.from(measured.profiles, ({ share }) => share) };
  const summary: FitSummary = {
    fit: fitId.parse('stream'),
    table: tableId.parse('stream'),
    specification,
    features: [...sample.features],
    objective: measured.objective,
    criteria: measured.criteria,
    parameterCount: model.parameterCount(),
    parameters: parametersInFileUnits({ ...ownWeight, ...params }, sample.scaling, model.components),
    profiles: measured.profiles,
    overall: measured.overall,
    missingCells: sample.missingCells,
    labelledRows: 0,
    labels: [],
    mixture: moments && momentsInFileUnits(moments, sample.scaling, sample.space),
    rowsUsed: survey.value.rowsUsed,
    rowsLeftOut: sample.rowsLeftOut,
    restarts: [
      {
        restart: start.value.restart,
        outcome: { ok: true, objective, iterations, stopped },
        trace: Float64Array.from([...trace.map(reported), objective]),
        halfSteps: {
          logLikelihood: Float64Array.from([...halfSteps.map((step) => reported(step.logLikelihood)), NaN]),
          boundAfterM: new Float64Array(iterations + 1).fill(NaN),
          boundAfterE: Float64Array.from([...halfSteps.map((step) => reported(step.boundAfterE)), NaN]),
        },
        sections: [
          { from: 0, kind: 'batch', isMonotone: false },
          { from: iterations, kind: model.capabilities.policies[0], isMonotone: true },
        ],
        shortIterations: 0,
      },
    ],
    bestRestart: start.value.restart,
    restartsAtBest: 1,
    stopped,
    iterations,
    notices: sample.rowsLeftOut > 0 ? [{ kind: 'rowsLeftOut', rows: sample.rowsLeftOut }] : [],
    scaling: { mean: [...sample.scaling.mean], sd: [...sample.scaling.sd] },
    threads: 1,
    kernels: 'TypeScript',
    elapsedMs: elapsedMs(),
  };
  return ok({ summary, fileName: stream.fileName, rows: survey.value.rowsUsed + sample.rowsLeftOut });
}

const notOnline = { path: 'run.algorithm', problem: 'a stream is fitted by "online" only' };

/** What a specification asks for that a stream does not have. */
function contradiction({
  run,
  start,
  preparation,
}: FitSpecification): { path: string; problem: string } | null {
  if (run.algorithm?.name !== 'online') return notOnline;
  if (run.algorithm.order !== undefined)
    return { path: 'run.algorithm.order', problem: 'a stream is read in the order of its file' };
  if ('labels' in start || ('responsibilities' in start && start.responsibilities !== undefined))
    return { path: 'start', problem: 'a stream has no rows to give memberships to' };
  return preparation.labels === undefined
    ? null
    : { path: 'preparation.labels', problem: 'clusters of single rows cannot be known in a stream' };
}
