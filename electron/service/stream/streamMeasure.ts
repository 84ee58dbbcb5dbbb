import type { ClusterProfile, FitCriteria, ObjectiveKind } from '../../../shared/fit';
import { hasPrior } from '../../../shared/model';
import { aic, bic, icl } from '../../engine/criteria';
import type { LatentModel, Params } from '../../engine/model';
import { mostProbable } from '../../engine/mostProbable';
import type { RowStream } from '../../files/rowStream';
import { ProfileSums } from '../profileSums';
import { likelihoodShift, reportedObjective } from '../reportedObjective';
import { streamBatches } from './streamBatches';
import type { StreamSurvey } from './streamSurvey';

/** Rows measured at once. By eye. */
const batchRows = 4096;

/** What is true of all rows of a stream at given parameters. */
export interface MeasuredStream {
  readonly objective: ObjectiveKind;
  readonly criteria: FitCriteria;
  readonly profiles: ClusterProfile[];
  readonly overall: ClusterProfile;
}

/** One pass over the stream; null when the signal ended it. */
export async function measureStream(
  stream: RowStream,
  survey: StreamSurvey,
  model: LatentModel,
  params: Params,
  signal: AbortSignal,
): Promise<MeasuredStream | null> {
  const { sample } = survey;
  const k = model.components;
  const own = new ProfileSums(sample, k);
  const all = new ProfileSums(sample, 1);
  let objective = 0;
  let logLargest = 0;
  for await (const rows of streamBatches(stream, survey, batchRows, () => undefined)) {
    if (signal.aborted) return null;
    const { n, weight } = rows;
    const memberships = new Float64Array(n * k);
    const logDensity = new Float64Array(n);
    model.posterior(params, rows, 0, n, memberships, logDensity);
    const label = mostProbable(memberships, n, k);
    own.add(rows, memberships, label);
    all.add(rows, new Float64Array(n).fill(1), new Int32Array(n));
    for (let i = 0; i < n; i++) {
      const share = weight?.[i] ?? 1;
      if (share === 0) continue;
      objective += share * logDensity[i];
      logLargest += share * Math.log(memberships[i * k + label[i]]);
    }
  }
  const [overall] = all.profiles();
  const profiles = own.profiles();
  const reported = reportedObjective(model, sample);
  if (model.likelihood === null)
    return { objective: 'distortion', criteria: { distortion: reported(objective) }, profiles, overall };
  const count = model.parameterCount();
  const logLikelihood = objective + likelihoodShift(sample);
  const bayes = bic(logLikelihood, count, sample.totalWeight);
  const isPosterior = hasPrior(model.specification);
  return {
    objective: isPosterior ? 'logPosterior' : 'logLikelihood',
    criteria: {
      logLikelihood,
      ...(isPosterior ? { logPosterior: reported(objective + model.logPrior(params)) } : {}),
      bic: bayes,
      aic: aic(logLikelihood, count),
      icl: icl(bayes, logLargest),
    },
    profiles,
    overall,
  };
}
