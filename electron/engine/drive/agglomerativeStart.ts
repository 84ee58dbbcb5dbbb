import type { FitFailure } from '../../../shared/fitFailure';
import { ok, type Result } from '../../../shared/result';
import { assign } from '../assignment';
import type { LatentModel, Rows } from '../model';
import type { Random } from '../numeric/random';
import { chunkRange } from '../rows';
import { wardLabels } from './agglomeration';
import { dissimilarityOf, isInformative } from './dissimilarity';
import { byLabels, byPosterior, fromMemberships, type Started } from './membershipStart';
import type { RunFailure } from './run';
import { interrupted, startingModel, type StartTools } from './startingModel';

/** Rows that are agglomerated; the rest follows. By eye: half a second, 16 MB. */
const mostAgglomerated = 2000;

/**
 * Ward's clusters of evenly spread rows; what is not among them goes to the nearest cluster by the starting model.
 * Clusters take the numbers of the known components they hold most rows of.
 */
export function agglomerativeStart(model: LatentModel, rows: Rows, tools: StartTools): Started {
  const k = model.components;
  const sample = evenlySpread(rows, tools.random);
  const difference = dissimilarityOf(rows, model.space, model.specification.family !== 'kmeans');
  const weight = sample.map((row) => rows.weight?.[row] ?? 1);
  const found = wardLabels(sample, weight, k, (row, other) => difference(row, rows.x, other * rows.d));
  if (!found.ok) return found;
  if (tools.shouldStop() !== null) return interrupted(tools);
  const number = numbersByLabels(rows, sample, found.value, k);
  const labels = new Int32Array(rows.n).fill(-1);
  sample.forEach((row, index) => (labels[row] = number[found.value[index]]));
  const rest = labels.includes(-1) ? labelRest(model, rows, labels, tools) : ok(undefined);
  return rest.ok ? fromMemberships(model, rows, tools.shouldStop, byLabels(model, labels)) : rest;
}

/** At most `mostAgglomerated` rows that say something: one by chance of each stretch, as rows may come in turns. */
function evenlySpread(rows: Rows, random: Random): number[] {
  const able = Array.from({ length: rows.n }, (_, i) => i).filter((row) => isInformative(rows, row));
  if (able.length <= mostAgglomerated) return able;
  const stretch = able.length / mostAgglomerated;
  return Array.from(
    { length: mostAgglomerated },
    (_, i) => able[Math.floor((i + random.uniform()) * stretch)],
  );
}

/** The component of each cluster: the one whose known rows it shares most with, all clusters taken together. */
function numbersByLabels(
  { label }: Rows,
  sample: readonly number[],
  clusters: Int32Array,
  k: number,
): Int32Array {
  const missed = new Float64Array(k * k);
  sample.forEach((row, index) => {
    const known = label?.[row] ?? -1;
    if (known >= 0) missed[clusters[index] * k + known]--;
  });
  return assign(missed, k);
}

/** Gives rows without a label that of the nearest cluster of those that have one. */
function labelRest(
  model: LatentModel,
  rows: Rows,
  labels: Int32Array,
  tools: StartTools,
): Result<undefined, FitFailure | RunFailure> {
  const k = model.components;
  const run = startingModel(model, rows);
  const none = new Float64Array(k);
  const begun = fromMemberships(run, withoutLabels(rows, labels), tools.shouldStop, byLabels(run, labels));
  if (!begun.ok) return begun;
  const fill = byPosterior(run, rows, begun.value.params);
  const size = chunkRange(rows.n, 0).to;
  const memberships = new Float64Array(size * k);
  for (let from = 0; from < rows.n; from += size) {
    if (tools.shouldStop() !== null) return interrupted(tools);
    const to = Math.min(rows.n, from + size);
    fill(from, to, memberships);
    for (let i = from; i < to; i++) {
      if (labels[i] !== -1) continue;
      none.set(memberships.subarray((i - from) * k, (i - from + 1) * k));
      labels[i] = none.indexOf(Math.max(...none));
    }
  }
  return ok(undefined);
}

/** The rows with those that have no label yet made weightless. */
function withoutLabels(rows: Rows, labels: Int32Array): Rows {
  return {
    ...rows,
    weight: Float64Array.from(labels, (label, i) => (label < 0 ? 0 : (rows.weight?.[i] ?? 1))),
  };
}
