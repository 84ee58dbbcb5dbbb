import type { FeatureSpace } from '../../electron/engine/featureSpace';
import type { Rows } from '../../electron/engine/model';
import { createRandom } from '../../electron/engine/numeric/random';
import { modelSpecification, type ModelSpecification } from '../../shared/model';

/** A family with columns it takes. */
export interface FamilyCase {
  readonly name: string;
  readonly specification: ModelSpecification;
  readonly space: FeatureSpace;
}

const number = { kind: 'number' } as const;
const yesNo = { kind: 'yesNo' } as const;
const category = { kind: 'category', levels: 3 } as const;
const six = <T>(feature: T): T[] => Array<T>(6).fill(feature);
const three = [number, number, number];

const gaussianCase = (covariance: string): FamilyCase => ({
  name: `gaussian ${covariance}`,
  specification: modelSpecification.parse({ family: 'gaussian', components: 3, covariance }),
  space: three,
});

/** Structures whose M-step can be made a round at a time, besides VEV. */
export const iterativeCases: FamilyCase[] = ['VEI', 'VEE', 'EVE', 'VVE'].map(gaussianCase);

/** Three components of every family, with what makes a difference to a way of running it. */
export const familyCases: FamilyCase[] = [
  { name: 'k-means', specification: { family: 'kmeans', components: 3 }, space: three },
  ...['VVV', 'EEI', 'VEV'].map(gaussianCase),
  {
    name: 'bernoulli',
    specification: modelSpecification.parse({ family: 'bernoulli', components: 3 }),
    space: six(yesNo),
  },
  {
    name: 'categorical',
    specification: modelSpecification.parse({ family: 'categorical', components: 3 }),
    space: six(category),
  },
  {
    name: 'mixed with priors',
    specification: modelSpecification.parse({
      family: 'mixed',
      components: 3,
      covariance: 'EEE',
      prior: { weights: 2, probability: { a: 1.5, b: 1.5 }, category: 0.5 },
    }),
    space: [number, yesNo, number, category, yesNo, category],
  },
];

export interface RowOptions {
  /** Share of cells that are missing. */
  readonly missing?: number;
  /** Share of rows whose component is known. */
  readonly labelled?: number;
  readonly isWeighted?: boolean;
  /** How far groups lie apart: 1, they hardly overlap; 0.3, they are hard to tell apart. */
  readonly apart?: number;
}

/** Rows of any kinds from three groups in turn; `label` of all of them is returned beside. */
export function groupedRows(
  space: FeatureSpace,
  seed: number,
  n: number,
  { missing = 0, labelled = 0, isWeighted = false, apart = 1 }: RowOptions = {},
): { rows: Rows; group: number[] } {
  const random = createRandom(seed, 'groups');
  const d = space.length;
  const x = new Float64Array(n * d);
  const group = Array.from({ length: n }, (_, i) => i % 3);
  for (let i = 0; i < n; i++) {
    for (const [a, feature] of space.entries()) {
      const shift = (group[i] + a) % 3;
      const at = i * d + a;
      const typical = random.uniform() < 0.4 + 0.5 * apart;
      if (feature.kind === 'category')
        x[at] = typical ? shift % feature.levels : random.integer(feature.levels);
      else if (feature.kind === 'yesNo') x[at] = Number(typical ? shift > 0 : random.uniform() < 0.5);
      else x[at] = 6 * apart * (shift - 1) + (1 + 0.3 * a) * random.normal();
      if (random.uniform() < missing) x[at] = NaN;
    }
  }
  const weight = isWeighted
    ? Float64Array.from({ length: n }, (_, i) => (i % 11 === 0 ? 0 : 0.5 + random.uniform()))
    : undefined;
  const label =
    labelled > 0 ? Int32Array.from(group, (own) => (random.uniform() < labelled ? own : -1)) : undefined;
  return { rows: { x, n, d, weight, label, hasMissing: missing > 0 }, group };
}
