import { numberFeatures, type FeatureSpace } from '../../../electron/engine/featureSpace';
import { createRandom, type Random } from '../../../electron/engine/numeric/random';
import { modelSpecification } from '../../../shared/model';
import { blobs, type BenchData } from '../benchData';
import type { BenchFit, Rows } from '../benchmarkSet';

const iterations = 20;
const n = 100_000;
const d = 10;
const k = 8;

/** Shares of cells that are missing, anywhere, in percent; the first is what the others are compared with. */
const percents = [0, 5, 30] as const;

/** What of the numbers a family takes: as they are, or by thresholds. */
const kinds = {
  full: { covariance: 'VVV' },
  tied: { covariance: 'EEE' },
  diag: { covariance: 'VVI' },
  spherical: { covariance: 'VII' },
  bernoulli: null,
  categorical: null,
  mixed: null,
} as const;
type Kind = keyof typeof kinds;

const levels = 4;

/** How many columns of each kind a fit has. */
function spaceOf(kind: Kind): FeatureSpace {
  if (kind === 'bernoulli') return yesNos(d);
  if (kind === 'categorical') return categories(d);
  if (kind === 'mixed') return [...numberFeatures(d - 5), ...yesNos(3), ...categories(2)];
  return numberFeatures(d);
}

const yesNos = (count: number): FeatureSpace =>
  Array.from({ length: count }, () => ({ kind: 'yesNo' }) as const);
const categories = (count: number): FeatureSpace =>
  Array.from({ length: count }, () => ({ kind: 'category', levels }) as const);

/** The rows of one kind, the same for every share of missing cells but for these. */
function dataOf(kind: Kind, percent: number): BenchData {
  const space = spaceOf(kind);
  const name = `m${kind}${percent}`;
  return {
    ...{ name, n, d, k, seed: 1, ...(percent > 0 ? { hasMissing: true } : {}) },
    make(random: Random) {
      const whole = blobs({ name: 'm', n, d, groups: 12, k, seed: 1, spread: 2.5, isSheared: true });
      const { x, centres } = whole.make(createRandom(1, 'bench', 'm'));
      const cell = (value: number, i: number): number => {
        const feature = space[i % d];
        if (feature.kind === 'number') return value;
        if (feature.kind === 'yesNo') return value > 0 ? 1 : 0;
        return Math.min(levels - 1, Math.max(0, Math.floor(value / 5) + 2));
      };
      const cells = x.map(cell);
      const holes = cells.map((value) => (100 * random.uniform() < percent ? NaN : value));
      return { x: holes, centres: centres.map(cell) };
    },
  };
}

/** Rows as means; a variance, and probabilities that lean to the row, for all. */
function startOf(kind: Kind, { centres }: Rows) {
  const space = spaceOf(kind);
  const rows = Array.from({ length: k }, (_, j) => centres.subarray(j * d, (j + 1) * d));
  const of = (own: FeatureSpace[number]['kind']) =>
    rows.map((row) => Array.from(row).filter((_, a) => space[a].kind === own));
  const means = of('number');
  const variance = 30;
  const covariance = means[0].map((_, a) => means[0].map((_, b) => (a === b ? variance : 0)));
  const share = (level: number) => Array.from({ length: levels }, (_, c) => (c === level ? 0.4 : 0.2));
  return {
    weights: new Array<number>(k).fill(1 / k),
    means: means[0].length > 0 ? means : [],
    covariances: means[0].length > 0 ? rows.map(() => covariance) : [],
    probabilities: of('yesNo').map((own) => own.map((yes) => 0.3 + 0.4 * yes)),
    categories: of('category').map((own) => own.map(share)),
  };
}

function fitOf(kind: Kind, percent: number): BenchFit {
  const data = dataOf(kind, percent);
  const covariance = kinds[kind];
  const family = covariance === null ? kind : 'gaussian';
  return {
    name: data.name,
    data,
    model: modelSpecification.parse({ family, components: k, ...covariance }),
    space: spaceOf(kind),
    run: { maxIterations: iterations },
    iterations,
    start: (rows) => ({ parameters: startOf(kind, rows) }),
    score: (outcome) => outcome.trace[iterations - 1] / n,
  };
}

/** Fits of the same rows with more and more missing cells, each kind together, complete rows first. */
export const missingKinds = Object.keys(kinds).map((kind) => ({
  kind,
  fits: percents.map((percent) => ({ percent, fit: fitOf(kind as Kind, percent) })),
}));

export const missingFits: readonly BenchFit[] = missingKinds.flatMap(({ fits }) =>
  fits.map(({ fit }) => fit),
);
