import type { FeatureSpace } from '../featureSpace';
import type { Rows } from '../model';
import type { Random } from '../numeric/random';
import { clusterRows, clusterWeights, takePlaces, type ClusteredRows } from './clusteredRows';
import { distancesAmong, distancesTo } from './distanceSums';
import { numberColumns } from './numberColumns';
import type { DistanceSums } from './rowDistances';

export interface SilhouetteOptions {
  /**
   * Up to so many rows (500 at least) every row is compared with every other. Of more, a sample is compared with up to so many rows of
   * each cluster, for about the same work.
   */
  readonly most: number;
  /** Draws the sample. */
  readonly random: Random;
}

export interface Silhouette {
  /** Mean over rows, by weight. */
  readonly value: number;
  /** Of the sample's mean; null where all rows were compared. */
  readonly standardError: number | null;
  /** Rows that have a width, ascending, and their widths, in [-1, 1]. */
  readonly row: Int32Array;
  readonly width: Float64Array;
}

/** A sample is not smaller, so that its standard error is below 0.05 whatever the rows: widths are in [-1, 1]. */
const fewestSampled = 500;

/**
 * Silhouette widths: s = (b - a) / max(a, b), a the mean Euclidean distance to the rest of the own cluster, b the
 * smallest mean distance to another one; 0 for a row alone in its cluster. Over number columns, in the units of the
 * fit. A row of weight w is w rows; rows without a cluster (a label below 0), without weight or without a number take
 * no part. Null: no number columns, or fewer than two clusters with rows.
 *
 * label  IN  n, below k
 *
 * Work is about n^2 d / 2 and memory n (d + k), at most most^2 d / 2 and n d.
 *
 * Source: Rousseeuw (1987). The sample's error: linearised ratio with finite population correction, Cochran (1977),
 * chapter 6; taking `most` rows of a larger cluster moves a mean distance by about its spread over sqrt(most), which is
 * far less.
 */
export function silhouette(
  rows: Rows,
  space: FeatureSpace,
  label: Int32Array,
  k: number,
  options: SilhouetteOptions,
): Silhouette | null {
  const numbers = numberColumns(rows, space);
  if (numbers === null) return null;
  const clustered = clusterRows(numbers, label, k);
  if (clusterWeights(clustered).filter((weight) => weight > 0).length < 2) return null;
  return clustered.row.length <= Math.max(options.most, fewestSampled)
    ? ofAll(clustered)
    : ofSample(clustered, options);
}

function ofAll(clustered: ClusteredRows): Silhouette {
  const isReference = new Uint8Array(clustered.row.length).fill(1);
  const width = widths(clustered, distancesAmong(clustered), clusterWeights(clustered), isReference);
  return {
    value: weightedMean(width, clustered.weight),
    standardError: null,
    ...inOrder(clustered.row, width),
  };
}

function ofSample(clustered: ClusteredRows, { most, random }: SilhouetteOptions): Silhouette {
  const { row, first } = clustered;
  const referencePlaces = [...first.subarray(1)].flatMap((end, c) =>
    draw(first[c], end, Math.min(most, end - first[c]), random),
  );
  const references = takePlaces(clustered, Int32Array.from(referencePlaces));
  const size = Math.max(fewestSampled, Math.floor(most ** 2 / 2 / referencePlaces.length));
  const places = draw(0, row.length, Math.min(row.length, size), random);
  const sample = takePlaces(clustered, Int32Array.from(places));
  const among = new Set(referencePlaces);
  const isReference = Uint8Array.from(places, (place) => (among.has(place) ? 1 : 0));
  const width = widths(sample, distancesTo(sample, references), clusterWeights(references), isReference);
  const value = weightedMean(width, sample.weight);
  return {
    value,
    standardError: errorOfMean(width, sample.weight, value, row.length),
    ...inOrder(sample.row, width),
  };
}

/** By place. `isReference`: whether the row is itself among the rows it is compared with. */
function widths(
  { first, weight }: ClusteredRows,
  { sum, unknown }: DistanceSums,
  clusterWeight: Float64Array,
  isReference: Uint8Array,
): Float64Array {
  const k = clusterWeight.length;
  const n = weight.length;
  const width = new Float64Array(n);
  for (let own = 0; own < k; own++)
    for (let i = first[own]; i < first[own + 1]; i++) {
      // One copy of the row is not compared with itself; a row of weight below one has no other copy.
      const itself = isReference[i] === 1 ? Math.min(1, weight[i]) : 0;
      const rest = clusterWeight[own] - unknown[own * n + i] - itself;
      let nearest = Infinity;
      for (let c = 0; c < k; c++) {
        const known = clusterWeight[c] - unknown[c * n + i];
        if (c !== own && known > 0) nearest = Math.min(nearest, sum[c * n + i] / known);
      }
      if (!(rest > 0) || nearest === Infinity) continue;
      const within = sum[own * n + i] / rest;
      const larger = Math.max(within, nearest);
      width[i] = larger > 0 ? (nearest - within) / larger : 0;
    }
  return width;
}

/** `count` of [from, to) without repetition, ascending (Knuth, 1997, section 3.4.2, algorithm S). */
function draw(from: number, to: number, count: number, random: Random): number[] {
  const drawn: number[] = [];
  for (let place = from; place < to && drawn.length < count; place++)
    if (random.uniform() * (to - place) < count - drawn.length) drawn.push(place);
  return drawn;
}

const weightedMean = (values: Float64Array, weight: Float64Array): number => {
  let sum = 0;
  let total = 0;
  values.forEach((value, i) => {
    sum += weight[i] * value;
    total += weight[i];
  });
  return sum / total;
};

function errorOfMean(width: Float64Array, weight: Float64Array, mean: number, population: number): number {
  const m = width.length;
  let squares = 0;
  let total = 0;
  width.forEach((value, i) => {
    squares += (weight[i] * (value - mean)) ** 2;
    total += weight[i];
  });
  return Math.sqrt(((1 - m / population) * squares * m) / (m - 1)) / total;
}

function inOrder(row: Int32Array, width: Float64Array): Pick<Silhouette, 'row' | 'width'> {
  const order = Int32Array.from(row.keys()).sort((p, q) => row[p] - row[q]);
  return {
    row: Int32Array.from(order, (place) => row[place]),
    width: Float64Array.from(order, (p) => width[p]),
  };
}
