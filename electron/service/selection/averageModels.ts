import type { CallAnswer } from '../../../shared/contract/messages';
import type { Failure } from '../../../shared/failure';
import { failed, ok, type Result } from '../../../shared/result';
import { averagedLogDensity, coMembership, type ModelView } from '../../engine/selection/averaging';
import { takeRows } from '../../engine/selection/part';
import { positions } from '../fits';
import type { PreparedRows } from '../preparation/prepareRows';
import { addRowShifts } from '../reportedObjective';
import { modelOf } from '../runFit';
import type { Tables } from '../tables';
import { fitSpecificationOf } from './openPoint';
import type { Selection } from './selections';

/** More pairs of rows than these have nobody to look at them: a matrix of 32 MB. */
const mostRows = 2000;

/**
 * The average of the weighted grid points over rows of the table: co-membership (rows x rows) and log density in units
 * of the file; NaN where a row took no part.
 */
export function averageModels(
  tables: Tables,
  { table: tableId, specification: given, summary, findings }: Selection,
  rows: Int32Array,
): Result<CallAnswer<'selection.average'>, Failure> {
  if (rows.length > mostRows)
    return failed({ kind: 'badRequest', path: 'rows', problem: `more than ${mostRows} rows` });
  if (summary === null)
    return failed({
      kind: 'badRequest',
      path: 'selection',
      problem: 'it has not ended, so nothing is weighed',
    });
  const table = tables.get(tableId);
  if (!table.ok) return table;
  const views: ModelView[] = [];
  let at = new Int32Array(0);
  for (const point of summary.weights.filter(({ weight }) => weight > 0)) {
    const specification = fitSpecificationOf(given, point);
    const prepared = tables.prepare(tableId, specification.preparation, specification.model.family);
    if (!prepared.ok) return prepared;
    const model = modelOf(prepared.value, specification);
    if (!model.ok) return model;
    const fit = findings.fitted(point);
    const outcome = fit?.outcomes[fit.bestRestart ?? 0];
    if (outcome?.ok !== true) throw new Error('A grid point without a fit has a weight.');
    const position = positions(prepared.value.tableRow, table.value.summary.rows);
    at = Int32Array.from(rows, (row) => position[row] ?? -1);
    const part = partOf(
      prepared.value,
      at.filter((index) => index >= 0),
    );
    const { n } = part.rows;
    const memberships = new Float64Array(n * point.components);
    const logDensity = new Float64Array(n);
    model.value.posterior(outcome.params, part.rows, 0, n, memberships, logDensity);
    addRowShifts(logDensity, part);
    views.push({ weight: point.weight, memberships, components: point.components, logDensity });
  }
  return ok(spread(at, coMembership(views), averagedLogDensity(views)));
}

const partOf = (prepared: PreparedRows, index: Int32Array): PreparedRows => ({
  ...prepared,
  rows: takeRows(prepared.rows, index),
});

/** What was found of rows that took part, among all that were asked for. `at`: -1 for those that did not. */
function spread(
  at: Int32Array,
  together: Float64Array,
  logDensity: Float64Array,
): CallAnswer<'selection.average'> {
  let taken = 0;
  const place = Int32Array.from(at, (index) => (index < 0 ? -1 : taken++));
  const all = place.length;
  const coMembership = new Float64Array(all * all).fill(NaN);
  place.forEach((first, i) =>
    place.forEach((second, j) => {
      if (first >= 0 && second >= 0) coMembership[i * all + j] = together[first * taken + second];
    }),
  );
  return { coMembership, logDensity: Float64Array.from(place, (p) => (p < 0 ? NaN : logDensity[p])) };
}
