import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  correctedChoice,
  heldOutEstimate,
  pairedChoice,
  pairedDifference,
  unpairedChoice,
  type ScoredPoint,
} from '../../../electron/engine/selection/pairedChoice';

const ones = (count: number): Float64Array => new Float64Array(count).fill(1);
const splits = (mean: number[], weight?: number[]) => ({
  mean: Float64Array.from(mean),
  weight: weight ? Float64Array.from(weight) : ones(mean.length),
});
const point = (components: number, mean: number[], model = 0): ScoredPoint => ({
  model,
  components,
  heldOut: splits(mean),
});

describe('the held-out score', () => {
  it('is the mean of all held-out rows, and its error sd / sqrt(S) where splits weigh the same', () => {
    // Mean 3; squares 4 + 0 + 0 + 4 = 8; sd = sqrt(8 / 3); over sqrt(4).
    const { value, standardError } = heldOutEstimate(splits([1, 3, 3, 5]));
    expect(value).toBe(3);
    expect(standardError).toBeCloseTo(Math.sqrt(8 / 3 / 4), 14);
  });

  it('counts a split by its rows, so that it is the mean over rows', () => {
    expect(heldOutEstimate(splits([-1, -4], [3, 1])).value).toBe(-1.75);
  });

  it('leaves out splits that failed, and has no error of a single one', () => {
    expect(heldOutEstimate(splits([NaN, -2, -4])).value).toBe(-3);
    expect(heldOutEstimate(splits([NaN, -2])).standardError).toBeNaN();
    expect(heldOutEstimate(splits([NaN])).value).toBeNaN();
  });

  it('is -Infinity when a row is impossible', () => {
    expect(heldOutEstimate(splits([-1, -Infinity])).value).toBe(-Infinity);
  });
});

describe('the paired difference', () => {
  it('takes the difficulty of a split away', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            first: fc.integer({ min: -50, max: 50 }),
            second: fc.integer({ min: -50, max: 50 }),
            difficulty: fc.integer({ min: -1000, max: 1000 }),
          }),
          { minLength: 2, maxLength: 20 },
        ),
        (rows) => {
          const plain = pairedDifference(
            splits(rows.map(({ first }) => first)),
            splits(rows.map(({ second }) => second)),
          );
          const shifted = pairedDifference(
            splits(rows.map(({ first, difficulty }) => first + difficulty)),
            splits(rows.map(({ second, difficulty }) => second + difficulty)),
          );
          expect(shifted).toEqual(plain);
        },
      ),
    );
  });

  it('is over the splits in which neither failed, and says how many others there are', () => {
    const found = pairedDifference(splits([1, NaN, 5, 4]), splits([0, 3, NaN, 1]));
    expect(found).toEqual({ difference: { value: 2, standardError: 1 }, splits: 2, leftOut: 2 });
  });
});

describe('the choice by paired standard error', () => {
  it('prefers the smaller K when the larger is better by less than an error of the differences', () => {
    // Differences 2, -1, 2, -1: mean 0.5, sd sqrt(3), error sqrt(3) / 2 = 0.866.
    const found = pairedChoice([point(2, [0, 0, 0, 0]), point(3, [2, -1, 2, -1])]);
    expect(found?.best.components).toBe(3);
    expect(found?.chosen.components).toBe(2);
    expect(found?.comparison.difference.standardError).toBeCloseTo(Math.sqrt(3) / 2, 14);
  });

  it('keeps the larger K when it is better in every split by about as much', () => {
    // The scores themselves scatter by far more than they differ: unpaired, the smaller K would do.
    const points = [point(1, [-10, 0, 10, 20]), point(2, [-9, 1.1, 11, 20.9])];
    expect(pairedChoice(points)?.chosen.components).toBe(2);
    expect(unpairedChoice(points)?.chosen.components).toBe(1);
  });

  it('allows more when it is corrected for training sets that overlap', () => {
    // Differences 1, -0.2, 1, 0.2 of four splits: mean 0.5, error 0.3; corrected sqrt(1 + 4 / 3) times: 0.458.
    const points = [point(1, [0, 0, 0, 0]), point(2, [1, -0.2, 1, 0.2])];
    expect(pairedChoice(points)?.chosen.components).toBe(2);
    expect(correctedChoice(points, 1 / 4)?.chosen.components).toBe(2);
    const closer = [point(1, [0, 0, 0, 0]), point(2, [0.9, -0.3, 0.9, 0.1])];
    expect(pairedChoice(closer)?.chosen.components).toBe(2);
    expect(correctedChoice(closer, 1 / 4)?.chosen.components).toBe(1);
  });

  it('may choose one cluster', () => {
    const found = pairedChoice([point(1, [1, 2, 3]), point(2, [0, 1, 1]), point(3, [-1, 2, 0])]);
    expect(found?.best).toBe(found?.chosen);
    expect(found?.chosen.components).toBe(1);
  });

  it('takes the smaller K of equals, then the earlier model', () => {
    const same = [-1, -2, -3];
    const found = pairedChoice([point(3, same), point(2, same, 1), point(2, same, 0)]);
    expect(found?.chosen).toMatchObject({ components: 2, model: 0 });
  });

  it('lets the best model of each K stand for it', () => {
    const found = pairedChoice([
      point(1, [-5, -5, -5], 0),
      point(2, [-3, -3, -3], 0),
      point(2, [-1, -1, -1.1], 1),
      point(3, [-1, -1, -1], 0),
    ]);
    expect(found?.chosen).toMatchObject({ components: 2, model: 1 });
  });

  it('never ranks a point that failed in more than a fifth of the splits, or to which a row is impossible', () => {
    const many = (value: number, failed: number) =>
      Array.from({ length: 10 }, (_, s) => (s < failed ? NaN : value + (s % 2)));
    const found = pairedChoice([
      point(1, many(-5, 0)),
      point(2, many(-1, 3)),
      point(3, [...many(-1, 0).slice(1), -Infinity]),
    ]);
    expect(found?.best.components).toBe(1);
    expect(pairedChoice([point(2, many(-1, 3))])).toBeNull();
    expect(pairedChoice([])).toBeNull();
  });

  it('gives no advantage to a point that failed where rows are hard to predict', () => {
    const hard = [-90, -1, -1, -1, -1, -1, -1, -1, -1, -1];
    const worse = hard.map((value, s) => (s === 0 ? NaN : value - 0.5 - 0.01 * s));
    expect(pairedChoice([point(2, hard), point(3, worse)])?.best.components).toBe(2);
  });
});

describe('splits that no fit can predict', () => {
  it('have no say, so that to fail there is no advantage', () => {
    const never = -Infinity;
    const choice = pairedChoice([point(1, [-2, -2.1, never, -1.9]), point(2, [-2, -2.1, NaN, -1.9])]);
    expect(choice?.chosen.components).toBe(1);
    expect(choice?.comparison).toMatchObject({ splits: 3, leftOut: 1 });
    // What one of them can predict is no such split: the other is impossible there.
    expect(pairedChoice([point(1, [-2, never]), point(2, [-2, -9])])?.chosen.components).toBe(2);
  });
});

describe('scores that differ by rounding', () => {
  it('are of the same density, of which the smaller K is chosen', () => {
    const choice = pairedChoice([
      point(1, [-0.5, -0.7, -0.6]),
      point(2, [-0.5 + 2e-16, -0.7 + 2e-16, -0.6 + 2e-16]),
    ]);
    expect(choice?.chosen.components).toBe(1);
  });
});
