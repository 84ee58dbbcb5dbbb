import { expect, test } from 'vitest';
import { numberFeatures } from '../../../electron/engine/featureSpace';
import { covarianceRuleOf } from '../../../electron/engine/models/covarianceStructures';
import { diagonalsOf } from '../../../electron/engine/models/dispersion';
import { createModel } from '../../../electron/engine/models/registry';
import { diagonalMatrices } from '../../../shared/diagonalMatrices';
import { covarianceStructure, modelSpecification } from '../../../shared/model';
import { blobs, centred } from '../../laws/data';
import { fit, success } from '../fitting';

const rows = centred(
  blobs(
    1,
    60,
    [
      [0, 0, 0],
      [9, 9, 9],
    ],
    1,
  ),
);
const labels = Int32Array.from({ length: 60 }, (_, i) => i % 2);

test.each(covarianceStructure.options)('%s keeps as many numbers as it says', (covariance) => {
  const specification = modelSpecification.parse({ family: 'gaussian', components: 2, covariance });
  const isDiagonal = covarianceRuleOf({ covariance, sd: 1 }).kind === 'diagonal';
  const { shape } = createModel(specification, numberFeatures(3));
  const { params } = success(fit(specification, rows, { labels: [...labels] }));
  const lengths = Object.entries(shape).map(([name, axes]) => [
    name,
    axes.reduce((product, { length }) => product * length, 1),
  ]);
  expect(Object.fromEntries(lengths)).toEqual({
    weight: 2,
    mean: 6,
    ...(isDiagonal ? { variance: 6 } : { covariance: 18 }),
  });
  for (const [name, length] of lengths) expect(params[name], `${name}`).toHaveLength(Number(length));
});

test('variances are what matrices have along their diagonals', () => {
  const variance = Float64Array.of(1, 2, 3, 4);
  const matrices = Float64Array.of(1, 0, 0, 2, 3, 0, 0, 4);
  expect(diagonalMatrices(variance, 2)).toEqual(matrices);
  expect(diagonalsOf(matrices, 2)).toEqual(variance);
});
