import type { Rows } from '../model';
import { mostProbable } from '../mostProbable';
import { createRandom, type Random } from '../numeric/random';
import { fitBest, type FitTask } from './fitBest';
import type { Workplace } from './workplace';
import { startOfPart, takeRows } from './part';

/** Whose stability is asked for. */
export interface StabilitySetting {
  readonly task: FitTask;
  readonly rows: Rows;
  /** The cluster of each row in the fit to all rows, in the order in which clusters are shown. */
  readonly label: Int32Array;
  readonly seed: number;
}

/**
 * How similar each cluster is to the most similar one of a fit to resampled rows (Jaccard: shared rows over rows in
 * either, by weight); null when that fit failed or was cancelled. n rows are drawn with replacement and each that was
 * drawn is used once, as `clusterboot` does by default; a cluster of which no row was drawn has 0.
 *
 * Source: Hennig (2007), Computational Statistics and Data Analysis 52, 258-271; R package fpc, `clusterboot`.
 */
export function stabilityReplicate(
  { task, rows, label, seed }: StabilitySetting,
  replicate: number,
  workplace: Workplace,
  isCancelled: () => boolean,
): Float64Array | null {
  const k = task.model.components;
  const index = drawnOnce(rows.n, createRandom(seed, 'stability', replicate));
  const part = takeRows(rows, index, workplace.place);
  const own = { ...task, start: startOfPart(task.start, index) };
  const { model, outcome } = fitBest(own, part, workplace.kernels, isCancelled, {
    kMeans: workplace.kMeansPasses(part, k),
  });
  if (!outcome.ok || isCancelled()) return null;
  const memberships = new Float64Array(part.n * k);
  model.posterior(outcome.params, part, 0, part.n, memberships, new Float64Array(part.n));
  const before = Int32Array.from(index, (row) => label[row]);
  return largestJaccard(before, mostProbable(memberships, part.n, k), k, part.weight);
}

/** Indices that n draws with replacement from n hit, rising: about 63 % of them. */
function drawnOnce(n: number, random: Random): Int32Array {
  const isDrawn = new Uint8Array(n);
  for (let i = 0; i < n; i++) isDrawn[random.integer(n)] = 1;
  return Int32Array.from(Array.from({ length: n }, (_, i) => i).filter((i) => isDrawn[i] === 1));
}

/**
 * For each of k clusters of `label` the largest Jaccard similarity with a cluster of `other`, both of the same rows,
 * which count by weight. 0 for a cluster without rows.
 */
export function largestJaccard(
  label: Int32Array,
  other: Int32Array,
  k: number,
  weight?: Float64Array,
): Float64Array {
  const shared = new Float64Array(k * k);
  const size = new Float64Array(k);
  const otherSize = new Float64Array(k);
  for (let i = 0; i < label.length; i++) {
    const rowWeight = weight?.[i] ?? 1;
    shared[label[i] * k + other[i]] += rowWeight;
    size[label[i]] += rowWeight;
    otherSize[other[i]] += rowWeight;
  }
  return size.map((own, j) => {
    let most = 0;
    if (own > 0)
      for (let l = 0; l < k; l++)
        most = Math.max(most, shared[j * k + l] / (own + otherSize[l] - shared[j * k + l]));
    return most;
  });
}

/**
 * The mean over replicates of each cluster's similarity; null when all failed. Above 0.75 a cluster is stable, below
 * 0.6 it is not to be trusted (Hennig, 2007).
 */
export function meanStability(replicates: readonly (Float64Array | null)[]): Float64Array | null {
  const known = replicates.filter((value) => value !== null);
  const first = known.at(0);
  if (first === undefined) return null;
  return first.map((_, j) => known.reduce((sum, value) => sum + value[j], 0) / known.length);
}
