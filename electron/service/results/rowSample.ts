import type { RowSample } from '../../../shared/resultCharts';
import { featuresByKind } from '../../../shared/features';
import { createRandom } from '../../engine/numeric/random';
import type { Fit } from '../fits';
import type { PreparedRows } from '../preparation/prepareRows';

/** At most `limit` rows of a fit with all their cells: one at random of each of so many equal stretches of the rows. */
export function rowSample(fit: Fit, prepared: PreparedRows, limit: number): RowSample {
  const { rows, tableRow, scaling, space } = prepared;
  const { n, d } = rows;
  const count = Math.min(n, limit);
  const random = createRandom(1, 'rowSample');
  const taken = Int32Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * n) / count);
    return from + random.integer(Math.floor(((at + 1) * n) / count) - from);
  });
  const values = new Float64Array(count * d);
  taken.forEach((i, at) => values.set(rows.x.subarray(i * d, (i + 1) * d), at * d));
  featuresByKind(space).number.forEach((feature, place) => {
    for (let at = 0; at < count; at++) {
      const cell = at * d + feature;
      values[cell] = scaling.mean[place] + scaling.sd[place] * values[cell];
    }
  });
  return {
    row: taken.map((i) => tableRow[i]),
    cluster: taken.map((i) => fit.label[i]),
    values,
    total: n,
  };
}
