import type { Start } from '../../../shared/fit';
import { ok } from '../../../shared/result';
import type { LatentModel, Rows } from '../model';
import { chunkCount, chunkRange } from '../rows';
import { agglomerativeStart } from './agglomerativeStart';
import { dissimilarityOf } from './dissimilarity';
import { byLabels, byPosterior, fromMemberships, type Started } from './membershipStart';
import { plainSeeding } from './plainSeeding';
import { seedLabels } from './rowSeeding';
import { seedCentres } from './seeding';
import { interrupted, isPlain, polish, startingModel, type StartTools } from './startingModel';

export type StartMethod = Extract<Start, { method: unknown }>['method'];

/** A start of the model's own making, by a rule and the random stream. */
export function freeStart(model: LatentModel, rows: Rows, method: StartMethod, tools: StartTools): Started {
  if (method === 'agglomerative') return agglomerativeStart(model, rows, tools);
  const isKMeans = model.specification.family === 'kmeans';
  if (!isKMeans && !isPlain(model, rows)) return seededStart(model, rows, method, tools);
  const stopped = (): boolean => tools.shouldStop() !== null;
  const rule = method === 'random' ? 'uniform' : 'distance';
  const passes = tools.seeding?.() ?? plainSeeding(rows, model.components, stopped);
  const seeds = seedCentres(rows, model.components, rule, tools.random, stopped, passes);
  if (seeds === null) return interrupted(tools);
  if (!seeds.ok) return seeds;
  if (isKMeans || method !== 'kmeans') return fromCentres(model, rows, seeds.value, tools);
  const run = startingModel(model, rows);
  const polished = polish(run, rows, { mean: seeds.value }, tools);
  return polished.ok ? fromCentres(model, rows, polished.value.mean, tools) : polished;
}

/** Seeds among rows of any kind; `kmeans` goes on with a short run of the starting model. */
function seededStart(
  model: LatentModel,
  rows: Rows,
  method: Exclude<StartMethod, 'agglomerative'>,
  tools: StartTools,
): Started {
  const rule = method === 'random' ? 'uniform' : 'distance';
  const stopped = (): boolean => tools.shouldStop() !== null;
  const difference = dissimilarityOf(rows, model.space, true);
  const seeded = seedLabels(rows, model.components, rule, difference, tools.random, stopped);
  if (seeded === null) return interrupted(tools);
  if (!seeded.ok) return seeded;
  const labels = byLabels(model, seeded.value);
  if (method !== 'kmeans') return fromMemberships(model, rows, tools.shouldStop, labels);
  const run = startingModel(model, rows);
  const begun = fromMemberships(run, rows, tools.shouldStop, byLabels(run, seeded.value));
  if (!begun.ok) return begun;
  const polished = polish(run, rows, begun.value.params, tools);
  if (!polished.ok && polished.failure.kind === 'interrupted') return polished;
  const fill = polished.ok ? byPosterior(run, rows, polished.value) : labels;
  return fromMemberships(model, rows, tools.shouldStop, fill);
}

/**
 * Centres of a k-means as they are; for a mixture the M-step of the rows nearest to each, where a category or a yes/no
 * of a centre is one of its values.
 */
export function fromCentres(
  model: LatentModel,
  rows: Rows,
  centres: Float64Array,
  tools: StartTools,
): Started {
  if (model.specification.family === 'kmeans') return ok({ params: { mean: centres }, statistics: null });
  const { shouldStop } = tools;
  if (isPlain(model, rows)) {
    const labels = nearestLabels(model, rows, centres, shouldStop);
    return labels === null ? interrupted(tools) : fromMemberships(model, rows, shouldStop, labels);
  }
  const difference = dissimilarityOf(rows, model.space, !model.space.every(({ kind }) => kind === 'number'));
  const labels = new Int32Array(rows.n);
  for (let i = 0; i < rows.n; i++) {
    let least = Infinity;
    for (let j = 0; j < model.components; j++) {
      const own = difference(i, centres, j * rows.d);
      if (own >= least) continue;
      least = own;
      labels[i] = j;
    }
  }
  return fromMemberships(model, rows, shouldStop, byLabels(model, labels));
}

/** The nearest centre of each row; null when it was stopped. */
function nearestLabels(
  { components: k, kernels }: LatentModel,
  { x, n, d }: Rows,
  centres: Float64Array,
  shouldStop: StartTools['shouldStop'],
): Int32Array | null {
  const labels = new Int32Array(n);
  const distance = new Float64Array(chunkRange(n, 0).to);
  for (let chunk = 0; chunk < chunkCount(n); chunk++) {
    if (shouldStop() !== null) return null;
    const { from, to } = chunkRange(n, chunk);
    kernels.nearestCentres(x, from, to, d, centres, k, labels.subarray(from, to), distance);
  }
  return labels;
}
