import type { FeatureSpace } from '../../electron/engine/featureSpace';
import type { Rows } from '../../electron/engine/model';
import type { Random } from '../../electron/engine/numeric/random';
import { modelOfAnySize, type ModelOfAnySize } from '../../shared/model';

/** Rows whose groups are known. */
export interface DrawnRows {
  readonly rows: Rows;
  /** n, the group each row was drawn from. */
  readonly group: Int32Array;
}

/** A kind of data, of which sets are drawn by the hundred. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** How many groups there are. */
  readonly truth: number;
  readonly n: number;
  readonly space: FeatureSpace;
  /** What is compared: the models the program offers first for such columns. */
  readonly models: readonly ModelOfAnySize[];
  draw(random: Random): DrawnRows;
}

const number = { kind: 'number' } as const;
const yesNo = { kind: 'yesNo' } as const;
const category = { kind: 'category', levels: 3 } as const;
const many = <T>(count: number, feature: T): T[] => Array<T>(count).fill(feature);

const gaussians = ['VVV', 'EEE', 'VVI', 'VII'].map((covariance) =>
  modelOfAnySize.parse({ family: 'gaussian', covariance }),
);
/** With half a row of each value in every cluster: a value that a training part lacks is not impossible then. */
const lightPrior = { probability: { a: 1.5, b: 1.5 }, category: 0.5 };
const bernoulli = modelOfAnySize.parse({
  family: 'bernoulli',
  prior: { probability: lightPrior.probability },
});
const mixed = ['VVI', 'VVV'].map((covariance) =>
  modelOfAnySize.parse({ family: 'mixed', covariance, prior: lightPrior }),
);

const equalShares = [1 / 3, 1 / 3, 1 / 3];

/** Draws the group of each row, and its cells into `out`. */
function drawnBy(
  n: number,
  d: number,
  shares: readonly number[],
  drawRow: (group: number, random: Random, out: Float64Array) => void,
): Scenario['draw'] {
  return (random) => {
    const x = new Float64Array(n * d);
    const group = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      group[i] = drawIndex(shares, random);
      drawRow(group[i], random, x.subarray(i * d, (i + 1) * d));
    }
    return { rows: { x, n, d, hasMissing: false }, group };
  };
}

function drawIndex(shares: readonly number[], random: Random): number {
  let target = random.uniform();
  for (let index = 0; index < shares.length - 1; index++) {
    if (target < shares[index]) return index;
    target -= shares[index];
  }
  return shares.length - 1;
}

/** Three points, each this far from the others, on an axis of its own: every column tells groups apart. */
function corners(apart: number): number[][] {
  const far = apart / Math.SQRT2;
  return [
    [far, 0, 0],
    [0, far, 0],
    [0, 0, far],
  ];
}

/** Student's t with 5 degrees of freedom: a normal over the root of a mean of 5 squares. */
function heavy(random: Random): () => number {
  let squares = 0;
  for (let i = 0; i < 5; i++) squares += random.normal() ** 2;
  const scale = Math.sqrt(5 / squares);
  return () => scale * random.normal();
}

const normalAt =
  (centres: readonly (readonly number[])[]) =>
  (group: number, random: Random, out: Float64Array): void => {
    for (let a = 0; a < out.length; a++) out[a] = centres[group][a] + random.normal();
  };

/** Correlated: 0.7 of every variance is common to all columns. */
const correlated = (_: number, random: Random, out: Float64Array): void => {
  const common = Math.sqrt(0.7) * random.normal();
  for (let a = 0; a < out.length; a++) out[a] = common + Math.sqrt(0.3) * random.normal();
};

/** Thin groups, five times as long as wide, that lie beside each other. */
const elongated = (group: number, random: Random, out: Float64Array): void => {
  const along = 5 * random.normal();
  const across = random.normal() + 5 * group;
  out[0] = (along + across) / Math.SQRT2;
  out[1] = (along - across) / Math.SQRT2;
};

const heavyTails = (group: number, random: Random, out: Float64Array): void => {
  const next = heavy(random);
  const centre = corners(7)[group];
  for (let a = 0; a < out.length; a++) out[a] = centre[a] + next();
};

/** A third of the items are likely in a group, the others are not. */
const items = (group: number, random: Random, out: Float64Array): void => {
  for (let a = 0; a < out.length; a++) out[a] = Number(random.uniform() < (a % 3 === group ? 0.8 : 0.2));
};

const coins = (_: number, random: Random, out: Float64Array): void => {
  for (let a = 0; a < out.length; a++) out[a] = Number(random.uniform() < 0.2 + 0.05 * a);
};

/** Two numbers, three yes/no columns, two categories. */
const mixedSpace = [number, number, yesNo, yesNo, yesNo, category, category];
const mixedRow =
  (isGrouped: boolean) =>
  (group: number, random: Random, out: Float64Array): void => {
    for (const [a, feature] of mixedSpace.entries()) {
      const isTypical = isGrouped && random.uniform() < 0.7;
      if (feature.kind === 'number') out[a] = (isGrouped ? corners(3)[group][a] : 0) + random.normal();
      else if (feature.kind === 'yesNo')
        out[a] = Number(random.uniform() < (isTypical ? Number(a % 3 === group) : 0.5));
      else out[a] = isTypical ? group : random.integer(3);
    }
  };

const noise: Scenario = {
  name: 'noise',
  title: 'Noise: one normal, correlated columns',
  truth: 1,
  n: 200,
  space: many(3, number),
  models: gaussians,
  draw: drawnBy(200, 3, [1], correlated),
};

export const scenarios: readonly Scenario[] = [
  noise,
  {
    ...noise,
    name: 'noiseAgain',
    title: 'Other sets of the same noise',
  },
  {
    name: 'noiseUniform',
    title: 'Noise, evenly spread in a box',
    truth: 1,
    n: 200,
    space: many(3, number),
    models: gaussians,
    draw: drawnBy(200, 3, [1], (_, random, out) => {
      for (let a = 0; a < out.length; a++) out[a] = random.uniform();
    }),
  },
  {
    name: 'noiseBinary',
    title: 'Noise: ten independent yes/no columns',
    truth: 1,
    n: 200,
    space: many(10, yesNo),
    models: [bernoulli],
    draw: drawnBy(200, 10, [1], coins),
  },
  {
    name: 'noiseMixed',
    title: 'Noise: independent columns of mixed kinds',
    truth: 1,
    n: 200,
    space: mixedSpace,
    models: mixed,
    draw: drawnBy(200, mixedSpace.length, [1], mixedRow(false)),
  },
  {
    name: 'separated',
    title: '3 separated: centres 6 sd apart',
    truth: 3,
    n: 200,
    space: many(3, number),
    models: gaussians,
    draw: drawnBy(200, 3, equalShares, normalAt(corners(6))),
  },
  {
    name: 'overlapping',
    title: '3 overlapping: centres 3 sd apart',
    truth: 3,
    n: 300,
    space: many(3, number),
    models: gaussians,
    draw: drawnBy(300, 3, equalShares, normalAt(corners(3))),
  },
  {
    name: 'elongated',
    title: '3 elongated: five times as long as wide, side by side',
    truth: 3,
    n: 200,
    space: many(2, number),
    models: gaussians,
    draw: drawnBy(200, 2, equalShares, elongated),
  },
  {
    name: 'unequal',
    title: '3 of unequal sizes: 70, 20 and 10 %, centres 5 sd apart',
    truth: 3,
    n: 200,
    space: many(3, number),
    models: gaussians,
    draw: drawnBy(200, 3, [0.7, 0.2, 0.1], normalAt(corners(5))),
  },
  {
    name: 'heavyTails',
    title: "3 with heavy tails: Student's t, 5 degrees of freedom, centres 7 apart",
    truth: 3,
    n: 200,
    space: many(3, number),
    models: gaussians,
    draw: drawnBy(200, 3, equalShares, heavyTails),
  },
  {
    name: 'binary',
    title: '3 of ten yes/no columns: 80 % against 20 %',
    truth: 3,
    n: 300,
    space: many(10, yesNo),
    models: [bernoulli],
    draw: drawnBy(300, 10, equalShares, items),
  },
  {
    name: 'mixed',
    title: '3 of mixed kinds: two numbers, three yes/no, two categories',
    truth: 3,
    n: 200,
    space: mixedSpace,
    models: mixed,
    draw: drawnBy(200, mixedSpace.length, equalShares, mixedRow(true)),
  },
];
