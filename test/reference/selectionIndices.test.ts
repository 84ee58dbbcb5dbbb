import { describe, expect, test } from 'vitest';
import { numberFeatures } from '../../electron/engine/featureSpace';
import { createRandom } from '../../electron/engine/numeric/random';
import {
  adjustedRandIndex,
  contingency,
  informationAgreement,
  normalisedMutualInformation,
  pairAgreement,
} from '../../electron/engine/selection/agreement';
import { calinskiHarabasz, daviesBouldin, logWithin } from '../../electron/engine/selection/clusterIndices';
import { dunnIndex } from '../../electron/engine/selection/dunn';
import { fitBest } from '../../electron/engine/selection/fitBest';
import { silhouette } from '../../electron/engine/selection/silhouette';
import { createReferenceKernels } from '../../electron/kernels/reference';
import { runSpecification } from '../../shared/fit';
import { posteriorOf } from '../engine/fitting';
import { readCases, readRows, type ReferenceCase } from './referenceCase';

const relative = (found: number | null, expected: number) =>
  found === null ? Infinity : Math.abs(found - expected) / Math.abs(expected);

interface Labelling {
  readonly labelling: string;
  readonly labels: number[];
  readonly silhouette_mean: number;
  readonly silhouette_rows: { readonly rows: number[]; readonly s: number[] };
  readonly silhouette_per_cluster: number[];
  readonly silhouette_min: number;
  readonly calinski_harabasz: number;
  readonly davies_bouldin: number;
  readonly within_ss: number;
  readonly dunn: number;
}

const labellings = readCases('indices-').flatMap((reference) =>
  (reference.expected.results as Labelling[]).map((expected) => ({
    name: `${reference.id}, ${expected.labelling}`,
    reference,
    expected,
  })),
);

/** What the case asks for. */
const tolerance = ({ tolerance }: ReferenceCase): number => tolerance.rel;

describe.each(labellings)('$name: indices are those of scikit-learn and R', ({ reference, expected }) => {
  const { rows } = readRows(reference);
  const label = Int32Array.from(expected.labels);
  const k = Math.max(...label) + 1;

  test('silhouette, of all rows, of each cluster and of single rows', () => {
    const options = { most: rows.n, random: createRandom(1) };
    const found = silhouette(rows, numberFeatures(rows.d), label, k, options);
    if (found === null) throw new Error('there is a silhouette');
    expect(relative(found.value, expected.silhouette_mean)).toBeLessThan(tolerance(reference));
    expect(found.standardError).toBeNull();
    expect([...found.row]).toEqual([...label.keys()]);
    expected.silhouette_rows.rows.forEach((row, i) =>
      expect(relative(found.width[row], expected.silhouette_rows.s[i])).toBeLessThan(tolerance(reference)),
    );
    const means = expected.silhouette_per_cluster.map((_, c) => {
      const own = [...found.width].filter((_, i) => label[i] === c);
      return own.reduce((sum, width) => sum + width / own.length, 0);
    });
    means.forEach((mean, c) => expect(mean).toBeCloseTo(expected.silhouette_per_cluster[c], 9));
    expect(Math.min(...found.width)).toBeCloseTo(expected.silhouette_min, 9);
  });

  test('Calinski-Harabasz, Davies-Bouldin, squares within and Dunn', () => {
    expect(relative(calinskiHarabasz(rows, label, k), expected.calinski_harabasz)).toBeLessThan(
      tolerance(reference),
    );
    expect(relative(daviesBouldin(rows, label, k), expected.davies_bouldin)).toBeLessThan(
      tolerance(reference),
    );
    expect(relative(Math.exp(logWithin(rows, label, k, 2)), expected.within_ss)).toBeLessThan(
      tolerance(reference),
    );
    expect(relative(dunnIndex(rows, label, k), expected.dunn)).toBeLessThan(tolerance(reference));
  });
});

test.each(
  readCases('indices-').flatMap((reference) =>
    (
      reference.source.cross_check as { labelling: string; silhouette: number; calinski_harabasz: number }[]
    ).map((check) => ({ name: `${reference.id}, ${check.labelling}`, reference, check })),
  ),
)('$name: R finds the same to the digits it prints', ({ reference, check }) => {
  const { rows } = readRows(reference);
  const own = (reference.expected.results as Labelling[]).find(
    ({ labelling }) => labelling === check.labelling,
  );
  const label = Int32Array.from(own?.labels ?? []);
  const k = Math.max(...label) + 1;
  const options = { most: rows.n, random: createRandom(1) };
  const found = silhouette(rows, numberFeatures(rows.d), label, k, options);
  expect(relative(found?.value ?? null, check.silhouette)).toBeLessThan(1e-12);
  expect(relative(calinskiHarabasz(rows, label, k), check.calinski_harabasz)).toBeLessThan(1e-12);
});

interface Pair {
  readonly pair: string;
  readonly a: number[];
  readonly b: number[];
  readonly contingency: number[][];
  readonly [measure: string]: unknown;
}

describe.each(readCases('agree-'))('$id: agreement is that of scikit-learn', (reference) => {
  const pairs = reference.expected.results as Pair[];

  test.each(pairs)('$pair', (expected) => {
    const a = Int32Array.from(expected.a);
    const b = Int32Array.from(expected.b);
    const table = contingency(a, b);
    const q = table.second.length;
    expect(expected.contingency.flat()).toEqual([...table.count]);
    expect(expected.contingency[0].length).toBe(q);
    const { adjustedRand, rand, fowlkesMallows } = pairAgreement(table);
    const information = informationAgreement(table);
    const found = {
      ari: adjustedRandIndex(a, b),
      rand,
      fowlkes_mallows: fowlkesMallows,
      nmi_arithmetic: normalisedMutualInformation(a, b),
      nmi_geometric: normalisedMutualInformation(a, b, 'geometric'),
      nmi_max: normalisedMutualInformation(a, b, 'max'),
      ami: information.adjusted,
      mi_nats: information.mutualInformation,
      homogeneity: information.homogeneity,
      completeness: information.completeness,
      v_measure: normalisedMutualInformation(a, b, 'arithmetic'),
      purity: information.purity,
    };
    expect(adjustedRand).toBe(found.ari);
    for (const [measure, value] of Object.entries(found))
      expect(Math.abs(value - (expected[measure] as number)), measure).toBeLessThan(reference.tolerance.abs);
  });

  test.each(reference.source.cross_check as { pair: string; value: number }[])(
    "$pair: mclust's adjusted Rand index",
    ({ pair, value }) => {
      const own = pairs.find((candidate) => candidate.pair === pair);
      const found = adjustedRandIndex(Int32Array.from(own?.a ?? []), Int32Array.from(own?.b ?? []));
      expect(Math.abs(found - value)).toBeLessThan(1e-12);
    },
  );
});

test('k-means of iris in standard deviations of divisor n - 1: distortion and silhouette as published', () => {
  const [reference] = readCases('indices-iris');
  const { rows } = readRows(reference);
  const { n, d } = rows;
  const deviation = Array.from({ length: d }, (_, a) => {
    const squares = rows.x.reduce((sum, value, at) => (at % d === a ? sum + value ** 2 : sum), 0);
    return Math.sqrt(squares / (n - 1));
  });
  const standardised = { ...rows, x: rows.x.map((value, at) => value / deviation[at % d]) };
  const { model, outcome } = fitBest(
    {
      model: { family: 'kmeans', components: 3 },
      space: numberFeatures(d),
      start: { method: 'kmeans++' },
      run: runSpecification.parse({ restarts: 20 }),
    },
    standardised,
    createReferenceKernels(),
    () => false,
  );
  if (!outcome.ok) throw new Error('k-means cannot fail here');
  const { labels } = posteriorOf(model, outcome.params, standardised);
  const label = Int32Array.from(labels);
  expect(Math.exp(logWithin(standardised, label, 3, 2))).toBeCloseTo(138.88836, 5);
  const options = { most: n, random: createRandom(1) };
  expect(silhouette(standardised, numberFeatures(d), label, 3, options)?.value).toBeCloseTo(0.459948, 6);
});
