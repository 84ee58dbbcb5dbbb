import type { ScatterAxes, ScatterPoints } from '../../shared/contract/messages';
import type { Preparation } from '../../shared/fit';
import type { Failure } from '../../shared/failure';
import { failed, ok, type Result } from '../../shared/result';
import { isNumeric } from '../../shared/table';
import { createRandom, type Random } from '../engine/numeric/random';
import { principalAxes } from '../engine/principalAxes';
import type { Table } from '../files/table/table';
import type { PreparedRows } from './preparation/prepareRows';

/** The features of a preparation that are numbers, of the rows that have them all: what a scatter can show. */
export function scatterPreparation(table: Table, preparation: Preparation): Preparation {
  const { features, kinds, scaling } = preparation;
  const numbers = features.filter((name) => {
    const column = table.summary.columns.find((candidate) => candidate.name === name);
    // An unknown column stays, to be named by whoever looks for it.
    return (kinds?.[name] ?? (column && !isNumeric(column.type) ? 'text' : 'number')) === 'number';
  });
  return {
    ...preparation,
    features: numbers,
    missing: preparation.missing === 'keep' ? 'dropRows' : preparation.missing,
    scaling: typeof scaling === 'object' && scaling.mean.length !== numbers.length ? 'standardise' : scaling,
  };
}

/**
 * Points to draw of the rows a preparation uses: at most `limit`, spread over the rows in their order, with the
 * linear map from units of the file to the plane. `features`: all of the preparation, which axes count.
 */
export function scatterPoints(
  prepared: PreparedRows,
  features: readonly string[],
  axes: ScatterAxes,
  limit: number,
): Result<ScatterPoints, Failure> {
  const { rows, tableRow, scaling, overall } = prepared;
  const { n, d } = rows;
  if (d === 0) return failed({ kind: 'noNumericColumn' });
  const numbers = prepared.features.map(({ name }) => name);
  const index = (axis: number): number => numbers.indexOf(features[axis]);
  const plane =
    axes.kind === 'principal'
      ? principalPlane(prepared)
      : featurePlane(index(axes.x), index(axes.y), numbers);
  if (!plane)
    return failed({
      kind: 'badRequest',
      path: 'axes',
      problem: `an axis is no feature that is a number, of ${features.length} counted from 0`,
    });

  const { matrix, xName, yName } = plane;
  const centre = axes.kind === 'principal' ? overall.mean : new Float64Array(d);
  const count = Math.min(n, limit);
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const row = new Int32Array(count);
  const random = createRandom(1, 'scatter');
  for (let point = 0; point < count; point++) {
    const i = count === n ? point : pick(point, n, count, random);
    row[point] = tableRow[i];
    x[point] = project(0, i);
    y[point] = project(d, i);
  }
  return ok({ x, y, row, total: n, matrix, centre, xName, yName });

  /** Along the axis whose row of the matrix begins at `axis`; most axes are one column, the others cost nothing. */
  function project(axis: number, i: number): number {
    let sum = 0;
    for (let j = 0; j < d; j++) {
      const share = matrix[axis + j];
      if (share !== 0) sum += share * (scaling.mean[j] + scaling.sd[j] * rows.x[i * d + j] - centre[j]);
    }
    return sum;
  }
}

/** A row of stretch `point` of `count` equal stretches of n rows: at random, since files may repeat in a fixed step. */
function pick(point: number, n: number, count: number, random: Random): number {
  const from = Math.floor((point * n) / count);
  const to = Math.floor(((point + 1) * n) / count);
  return from + random.integer(to - from);
}

interface Plane {
  readonly matrix: Float64Array;
  readonly xName: string;
  readonly yName: string;
}

function featurePlane(x: number, y: number, features: readonly string[]): Plane | null {
  const d = features.length;
  if (x < 0 || y < 0) return null;
  const matrix = new Float64Array(2 * d);
  matrix[x] = 1;
  matrix[d + y] = 1;
  return { matrix, xName: features[x], yName: features[y] };
}

/** The principal axes of the rows in units of the fit. A single feature has one: the picture is then a line. */
function principalPlane({ rows, scaling }: PreparedRows): Plane {
  const { d } = rows;
  const { axes, variance, totalVariance } = principalAxes(rows);
  const matrix = new Float64Array(2 * d);
  matrix.set(axes.map((value, index) => value / scaling.sd[index % d]));
  const name = (index: number): string =>
    index < variance.length
      ? `Principal axis ${index + 1} (${((100 * variance[index]) / totalVariance).toFixed(1)} % of the variance)`
      : '';
  return { matrix, xName: name(0), yName: name(1) };
}
