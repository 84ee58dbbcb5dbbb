import type { CallAnswer, CallEvent } from '../../../shared/contract/messages';
import type { Failure } from '../../../shared/failure';
import type { CurvePoint } from '../../../shared/image/painting';
import type { QuantisationSpecification } from '../../../shared/image/quantisation';
import { failed, ok, type Result } from '../../../shared/result';
import { colourNeeds } from '../../image/colourNeeds';
import { curveCounts } from '../../image/qualityCurve';
import type { PictureThreads } from '../../pictures/pictureThreads';
import type { SharedPicture } from '../../pictures/sharedPicture';

/** A picture, and how far its curve goes. */
export interface CurveRequest {
  readonly picture: SharedPicture;
  readonly specification: QuantisationSpecification;
  readonly most: number;
}

/**
 * Finds the points of a curve, those first that are most worth knowing, on all threads but one, which is left for what a
 * person asks meanwhile. Cancelled, it keeps the points there are; a failure of a fit ends it.
 */
export async function runCurve(
  { picture, specification, most }: CurveRequest,
  threads: PictureThreads,
  signal: AbortSignal,
  emit: (event: CallEvent<'picture.curve'>) => void,
): Promise<Result<CallAnswer<'picture.curve'>, Failure>> {
  const needs = colourNeeds(picture.histogram, specification.locked);
  if (needs.fewest > most) return failed({ kind: 'tooFewColours', colours: most, needed: needs.fewest });
  const counts = curveCounts({ fewest: needs.fewest, most: Math.min(most, needs.most) });
  const waiting = [...counts];
  const points: CurvePoint[] = [];
  const failures: Failure[] = [];
  const ending = new AbortController();
  const own = AbortSignal.any([signal, ending.signal]);
  const work = async (): Promise<void> => {
    for (let colours = waiting.shift(); colours !== undefined; colours = waiting.shift()) {
      const body = { picture, specification, colours };
      const found = await threads.run('long', 'curvePointOf', body, { signal: own });
      if (own.aborted) return;
      if (!found.ok) {
        failures.push(found.failure);
        ending.abort();
        return;
      }
      points.push(found.value);
      emit({ kind: 'point', point: found.value, done: points.length, total: counts.length });
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, threads.threads - 1) }, work));
  const [failure] = failures;
  if (failure !== undefined) return failed(failure);
  points.sort((a, b) => a.colours - b.colours);
  return ok({ points, isComplete: points.length === counts.length });
}
