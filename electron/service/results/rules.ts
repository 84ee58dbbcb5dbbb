import type { ClusterRule, ClusterRules } from '../../../shared/results';
import { createRandom } from '../../engine/numeric/random';
import { findRule, measureRule } from '../../engine/results/clusterRule';
import { codeColumn, type RuleColumn } from '../../engine/results/ruleColumns';
import type { Fit } from '../fits';
import type { PreparedRows } from '../preparation/prepareRows';
import { numbersOf } from './numbersOf';
import { goesOn, type Work } from './work';

/** Rows rules are found on. By measurement: more take longer and change no digit of a rule. */
const mostFinding = 10_000;

/** Rows rules are measured on. By taste: their shares are then known to half a percentage point. */
const mostMeasuring = 50_000;

/** With fewer rows of a cluster a rule would be found on chance and measured by it. By taste. */
const fewestHalved = 10;

/**
 * A short rule for each cluster, found on one half of the rows and measured on the other, halved at random within each
 * cluster; found and measured on all where a cluster has too few rows for that. Rows belong to their most probable
 * cluster and count by weight. Deterministic. null: `work` was stopped.
 */
export async function clusterRules(
  fit: Fit,
  prepared: PreparedRows,
  work: Work,
): Promise<ClusterRules | null> {
  const k = fit.summary.specification.model.components;
  const { label } = fit;
  const size = new Int32Array(k);
  for (const cluster of label) size[cluster]++;
  // A cluster without any row has no rule either way.
  const isHeldOut = size.every((rows) => rows === 0 || rows >= fewestHalved);
  const everyone = Int32Array.from(label.keys());
  const [finders, measurers] = isHeldOut ? halved(label, k) : [everyone, everyone];
  const finding = drawn(fit, prepared, finders, mostFinding);
  const measuring = isHeldOut ? drawn(fit, prepared, measurers, mostMeasuring) : finding;
  const columns = finding.columns.map(codeColumn);
  const rules: (ClusterRule | null)[] = [];
  for (let cluster = 0; cluster < k; cluster++) {
    if (!(await goesOn(work, cluster / k))) return null;
    const conditions = k === 1 ? null : findRule({ ...finding, columns }, cluster);
    rules.push(
      conditions && {
        conditions,
        ...measureRule(conditions, measuring.columns, measuring.label, measuring.weight, cluster),
      },
    );
  }
  return { rules, foundOn: finding.label.length, measuredOn: measuring.label.length, isHeldOut };
}

/**
 * Two halves of the rows, each with half of every cluster: of two rows of a cluster that follow each other a coin says
 * which goes where. Ascending.
 */
function halved(label: Int32Array, k: number): [Int32Array, Int32Array] {
  const random = createRandom(1, 'rules');
  const halves: [number[], number[]] = [[], []];
  /** By cluster, the half its next row goes to; -1: the coin says. */
  const next = new Int8Array(k).fill(-1);
  for (const [i, cluster] of label.entries()) {
    const coin = next[cluster] < 0;
    const half = coin ? (random.uniform() < 0.5 ? 0 : 1) : next[cluster];
    next[cluster] = coin ? 1 - half : -1;
    halves[half].push(i);
  }
  return [Int32Array.from(halves[0]), Int32Array.from(halves[1])];
}

/**
 * The rows' cells as the file has them, their clusters and weights. Of more than `most` rows so many, as many of each
 * cluster as there are, evenly spread and weighing as much as those they stand for: a small cluster keeps its rows.
 */
function drawn(
  { label, table }: Fit,
  { rows: all, features, tableRow }: PreparedRows,
  from: Int32Array,
  most: number,
) {
  const { x, d } = all;
  const { rows, factor } = from.length > most ? evenly(from, label, most) : { rows: from, factor: null };
  const columns = features.map((feature, j): RuleColumn => {
    if (feature.kind === 'number') {
      const numbers = numbersOf(table, feature.name);
      return { kind: 'number', values: Float64Array.from(rows, (i) => numbers[tableRow[i]]) };
    }
    const levels = feature.kind === 'category' ? feature.levels.length : 2;
    return { kind: 'level', values: Float64Array.from(rows, (i) => x[i * d + j]), levels };
  });
  const { weight } = all;
  return {
    columns,
    label: Int32Array.from(rows, (i) => label[i]),
    weight:
      weight || factor
        ? Float64Array.from(rows, (i, at) => (weight?.[i] ?? 1) * (factor?.[at] ?? 1))
        : undefined,
  };
}

/** Some rows of every cluster, ascending within it, and how many rows each of them stands for. */
function evenly(
  from: Int32Array,
  label: Int32Array,
  most: number,
): { rows: Int32Array; factor: Float64Array } {
  const byCluster = new Map<number, number[]>();
  for (const i of from) {
    const own = byCluster.get(label[i]);
    if (own) own.push(i);
    else byCluster.set(label[i], [i]);
  }
  const quota = Math.floor(most / byCluster.size);
  const rows: number[] = [];
  const factor: number[] = [];
  for (const own of byCluster.values()) {
    const count = Math.min(quota, own.length);
    for (let at = 0; at < count; at++) {
      rows.push(own[Math.floor((at * own.length) / count)]);
      factor.push(own.length / count);
    }
  }
  return { rows: Int32Array.from(rows), factor: Float64Array.from(factor) };
}
