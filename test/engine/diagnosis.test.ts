import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosed } from '../../electron/engine/diagnosis';
import { numberFeatures } from '../../electron/engine/featureSpace';
import { createRandom } from '../../electron/engine/numeric/random';
import { modelSpecification } from '../../shared/model';

const gaussian = (components: number, more: object = {}) =>
  modelSpecification.parse({ family: 'gaussian', components, ...more });
const kMeans = (components: number) => modelSpecification.parse({ family: 'kmeans', components });

/** Rows of the columns given, named a, b, c, ... */
function data(columns: readonly (readonly number[])[], isScaled = false): Diagnosed {
  const d = columns.length;
  const n = columns[0].length;
  const x = Float64Array.from({ length: n * d }, (_, i) => columns[i % d][Math.floor(i / d)]);
  const mean = Float64Array.from(columns, (values) => values.reduce((sum, v) => sum + v, 0) / n);
  const sd = Float64Array.from(columns, (values, a) =>
    Math.sqrt(values.reduce((sum, v) => sum + (v - mean[a]) ** 2, 0) / n),
  );
  return {
    rows: { x, n, d },
    space: numberFeatures(d),
    names: [...'abcdefgh'].slice(0, d),
    overall: { mean, sd },
    isScaled,
  };
}

const random = createRandom(1, 'diagnosis');
const noise = (n: number) => Array.from({ length: n }, () => random.normal());
const [p, q, r] = [noise(60), noise(60), noise(60)];

describe('diagnosis', () => {
  test('sound data has no findings', () => {
    expect(diagnose(data([p, q, r]), gaussian(3))).toEqual([]);
  });

  test('a column without values and one that never differs are named', () => {
    const blank = p.map(() => NaN);
    expect(diagnose(data([p, blank, p.map(() => 7), q]), kMeans(2))).toEqual([
      { kind: 'emptyColumn', column: 'b' },
      { kind: 'constantColumn', column: 'c' },
    ]);
  });

  test('equal columns are found whatever their units and sign', () => {
    const found = diagnose(
      data([p, q, p.map((value) => 1000 - 3 * value), q.map((value) => 5 * value)]),
      gaussian(2),
    );
    expect(found).toEqual([
      { kind: 'duplicateColumns', columns: ['a', 'c'] },
      { kind: 'duplicateColumns', columns: ['b', 'd'] },
    ]);
  });

  test('a column that follows from the others together is named once, a nearly dependent one is not', () => {
    const sum = p.map((value, i) => value + 2 * q[i] - r[i]);
    const nearly = sum.map((value) => value + 1e-3 * random.normal());
    expect(diagnose(data([p, q, r, sum]), gaussian(2)).map(({ kind }) => kind)).toEqual(['collinearColumn']);
    expect(diagnose(data([p, q, r, nearly]), gaussian(2))).toEqual([]);
  });

  test('dependent columns do not matter where no products of columns are estimated', () => {
    expect(diagnose(data([p, p, q]), gaussian(2, { covariance: 'VVI' }))).toEqual([]);
    expect(diagnose(data([p, p, q]), kMeans(2))).toEqual([]);
  });

  test('dependence is seen through missing cells', () => {
    const holes = p.map((value, i) => (i % 5 === 0 ? NaN : value));
    expect(diagnose(data([holes, q, p]), gaussian(2))).toEqual([
      { kind: 'duplicateColumns', columns: ['a', 'c'] },
    ]);
  });

  test('covariances of their own need d + 1 rows for each cluster, unless a prior stands in', () => {
    const few = data([p.slice(0, 11), q.slice(0, 11)]);
    expect(diagnose(few, gaussian(4))).toEqual([{ kind: 'fewRowsPerCluster', rows: 11, needed: 3 }]);
    expect(diagnose(few, gaussian(3))).toEqual([]);
    expect(diagnose(few, gaussian(4, { covariance: 'EEE' }))).toEqual([]);
    expect(diagnose(few, gaussian(4, { prior: { normal: 'default' } }))).toEqual([]);
  });

  test('more clusters than distinct rows of some weight', () => {
    const repeated = data([[1, 1, 2, 2, 3, 3]]);
    expect(diagnose(repeated, kMeans(4))).toEqual([{ kind: 'fewDistinctRows', distinct: 3, components: 4 }]);
    const weight = Float64Array.of(1, 1, 1, 1, 0, 0);
    expect(diagnose({ ...repeated, rows: { ...repeated.rows, weight } }, kMeans(3))).toEqual([
      { kind: 'fewDistinctRows', distinct: 2, components: 3 },
    ]);
  });

  test('unscaled columns a millionfold apart, and columns far from zero', () => {
    const wide = q.map((value) => 1e9 * value);
    expect(diagnose(data([p, wide]), kMeans(2))).toMatchObject([
      { kind: 'scalesApart', widest: 'b', narrowest: 'a' },
    ]);
    expect(diagnose(data([p, wide], true), kMeans(2))).toEqual([]);
    const far = p.map((value) => 1e14 + value);
    expect(diagnose(data([far, q]), kMeans(2))).toContainEqual({ kind: 'farFromZero', column: 'a' });
  });
});
