import { expect, test } from 'vitest';
import type { LatentModel, Params } from '../../../electron/engine/model';
import { createModel } from '../../../electron/engine/models/registry';
import { smallestMove } from '../../../electron/engine/results/smallestMove';
import { modelSpecification } from '../../../shared/model';

/** Two spherical clusters of unit variance and equal weight at (0, 0) and (4, 2): the border is 4x + 2y = 10. */
function twoClusters(): { model: LatentModel; params: Params } {
  const specification = modelSpecification.parse({
    family: 'gaussian',
    components: 2,
    covariance: 'fixed',
    sd: 1,
  });
  const model = createModel(specification, [{ kind: 'number' }, { kind: 'number' }]);
  return {
    model,
    params: {
      weight: Float64Array.of(0.5, 0.5),
      mean: Float64Array.of(0, 0, 4, 2),
      variance: Float64Array.of(1, 1, 1, 1),
    },
  };
}
const wide = { min: -10, max: 10, sd: 1 };

test('the cell that reaches the border soonest moves, onto it', () => {
  const { model, params } = twoClusters();
  const rows = { x: Float64Array.of(1, 1), n: 1, d: 2 };
  // 4x + 2 = 10 at x = 2, a move of 1; 4 + 2y = 10 at y = 3, a move of 2.
  const move = smallestMove(model, params, rows, 0, 1, [wide, wide]);
  expect(move?.feature).toBe(0);
  expect(move?.to).toBeCloseTo(2, 6);
});

test('moves are compared in standard deviations of their features', () => {
  const { model, params } = twoClusters();
  const rows = { x: Float64Array.of(1, 1), n: 1, d: 2 };
  const move = smallestMove(model, params, rows, 0, 1, [wide, { ...wide, sd: 4 }]);
  expect(move?.feature).toBe(1);
  expect(move?.to).toBeCloseTo(3, 6);
});

test('no cell moves beyond the range of the data, nor one that is missing', () => {
  const { model, params } = twoClusters();
  const near = { min: -10, max: 1.5, sd: 1 };
  const rows = { x: Float64Array.of(1, 1), n: 1, d: 2 };
  expect(smallestMove(model, params, rows, 0, 1, [near, near])).toBeNull();
  const holed = { x: Float64Array.of(NaN, 1), n: 1, d: 2, hasMissing: true };
  expect(smallestMove(model, params, holed, 0, 1, [wide, wide])?.feature).toBe(1);
});

test('an answer that decides is what would move the row', () => {
  const specification = modelSpecification.parse({ family: 'bernoulli', components: 2 });
  const model = createModel(specification, [{ kind: 'yesNo' }, { kind: 'yesNo' }]);
  const params = { weight: Float64Array.of(0.5, 0.5), probability: Float64Array.of(0.9, 0.6, 0.1, 0.4) };
  const rows = { x: Float64Array.of(1, 1), n: 1, d: 2 };
  const none = { min: Infinity, max: -Infinity, sd: 0 };
  expect(smallestMove(model, params, rows, 0, 1, [none, none])).toEqual({ feature: 0, to: 0 });
});
