import type { Start } from '../../../shared/fit';
import type { LatentModel, Rows } from '../model';
import { freeStart, fromCentres } from './freeStart';
import { badStart, fromLabels, fromResponsibilities, matrixOf } from './givenStart';
import type { Started } from './membershipStart';
import { fromParameters } from './parameterStart';
import type { StartTools } from './startingModel';

export type { StartTools } from './startingModel';
export type { Begun, Started } from './membershipStart';

/** A start as a run takes it: labels in any array of whole numbers. */
export type RunStart = Exclude<Start, { labels: number[] }> | { readonly labels: ArrayLike<number> };

/**
 * Parameters to begin with. Labels and responsibilities: M-step first. Centres: those of a k-means; for a mixture
 * rows go to the nearest centre, then the M-step. Parameters: as they are. All in units of the rows.
 */
export function initialise(model: LatentModel, rows: Rows, start: RunStart, tools: StartTools): Started {
  if ('parameters' in start) return fromParameters(model, start.parameters);
  if ('responsibilities' in start) return fromResponsibilities(model, rows, start.responsibilities);
  if ('labels' in start) return fromLabels(model, rows, start.labels);
  if ('method' in start) return freeStart(model, rows, start.method, tools);
  const centres = matrixOf(start.centres, model.components, model.features);
  return centres === null
    ? badStart(`centres must be ${model.components} lists of ${model.features} numbers`)
    : fromCentres(model, rows, centres, tools);
}
