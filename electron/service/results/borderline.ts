import type { CallAnswer, CallBody } from '../../../shared/contract/messages';
import { featuresByKind } from '../../../shared/features';
import {
  distanceMargins,
  posteriorMargins,
  smallestPlaces,
  type Margins,
} from '../../engine/results/margins';
import { smallestMove, type FeatureReach } from '../../engine/results/smallestMove';
import type { Fit } from '../fits';
import type { PreparedRows } from '../preparation/prepareRows';
import { goesOn } from './work';

/** Rows in order of doubt that can be paged through. By taste: nobody reads further. */
const mostListed = 10_000;

/** Below it the best cluster is in doubt. By taste: one in five such rows belongs elsewhere. */
const sureProbability = 0.8;

/** What is worked out once for a fit. */
export interface Doubts extends Margins {
  readonly reach: readonly FeatureReach[];
  readonly doubtful: number | null;
  /** Rows by margin, of a cluster or (null) of all, once they have been asked for. */
  readonly orders: Map<number | null, Int32Array>;
}

/** How sure every row of a fit is; with a single cluster there is nothing to doubt, and null. */
export function doubtsOf(fit: Fit, prepared: PreparedRows): Doubts | null {
  const k = fit.summary.specification.model.components;
  if (k < 2) return null;
  const { label, memberships, model, params } = fit;
  const isMixture = model.likelihood !== null;
  const margins = isMixture
    ? posteriorMargins(memberships, label, k)
    : distanceMargins(prepared.rows, params.mean, label, k);
  let doubtful = 0;
  for (let i = 0; isMixture && i < label.length; i++)
    if (memberships[i * k + label[i]] < sureProbability) doubtful++;
  return { ...margins, reach: reachOf(prepared), doubtful: isMixture ? doubtful : null, orders: new Map() };
}

/** A page of the rows whose best cluster is least ahead, each with what would move it. null: stopped. */
export async function borderlinePage(
  fit: Fit,
  prepared: PreparedRows,
  doubts: Doubts,
  { cluster, first, count }: CallBody<'fit.borderline'>,
  signal: AbortSignal,
): Promise<CallAnswer<'fit.borderline'> | null> {
  const { label, memberships, model, params } = fit;
  const { margin, second, reach, doubtful, orders } = doubts;
  const k = model.components;
  const order =
    orders.get(cluster) ??
    smallestPlaces(margin, mostListed, (i) => cluster === null || label[i] === cluster);
  orders.set(cluster, order);
  const { number } = featuresByKind(prepared.features);
  const inFileUnits = (feature: number, value: number): number => {
    const place = number.indexOf(feature);
    return place < 0 ? value : prepared.scaling.mean[place] + prepared.scaling.sd[place] * value;
  };
  const probability = (i: number, own: number): number =>
    model.likelihood === null ? NaN : memberships[i * k + own];

  const rows: CallAnswer<'fit.borderline'>['rows'] = [];
  for (const i of order.subarray(first, first + count)) {
    if (!(await goesOn({ signal, tell: () => undefined }, 0))) return null;
    const move = smallestMove(model, params, prepared.rows, i, second[i], reach);
    rows.push({
      row: prepared.tableRow[i],
      cluster: label[i],
      second: second[i],
      margin: margin[i],
      probability: probability(i, label[i]),
      secondProbability: probability(i, second[i]),
      move: move && {
        feature: move.feature,
        from: inFileUnits(move.feature, prepared.rows.x[i * prepared.rows.d + move.feature]),
        to: inFileUnits(move.feature, move.to),
      },
    });
  }
  return { listed: order.length, doubtful, rows };
}

/** The range and spread of each feature that is a number, in units of the fit; of the others nothing. */
function reachOf({ rows, features, overall, scaling }: PreparedRows): FeatureReach[] {
  const { x, n, d } = rows;
  const { number } = featuresByKind(features);
  const reach = features.map(() => ({ min: Infinity, max: -Infinity, sd: 0 }));
  for (const [place, j] of number.entries()) {
    const own = reach[j];
    own.sd = overall.sd[place] / scaling.sd[place];
    for (let i = 0; i < n; i++) {
      const value = x[i * d + j];
      if (value < own.min) own.min = value;
      if (value > own.max) own.max = value;
    }
  }
  return reach;
}
