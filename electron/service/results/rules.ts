import type { ClusterRule, ClusterRules } from '../../../shared/results';
import { createRandom } from '../../engine/numeric/random';
import { findRule, measureRule } from '../../engine/results/clusterRule';
import { codeColumn, type RuleColumn } from '../../engine/results/ruleColumns';
import type { Fit } from '../fits';
import type { PreparedRows } from '../prepareRows';
import { numbersOf } from './numbersOf';
import { goesOn, type Work } from './work';

/** Rows rules are found on. By measurement: more take longer and change no digit of a rule. */
const mostRows = 10_000;

/** Rows rules are measured on. By taste: their shares are then known to half a percentage point. */
const mostMeasured = 50_000;

/** With fewer rows of a cluster in either half, a rule would be found on chance and measured by it. By taste. */
const fewestInHalf = 5;

/**
 * A short rule for each cluster, found on one half of the rows and measured on the other, halved at random; on all rows
 * where a cluster has too few for that. Rows belong to their most probable cluster and count by weight. Deterministic.
 * null: `work` was stopped.
 */
export async function clusterRules(
  fit: Fit,
  prepared: PreparedRows,
  work: Work,
): Promise<ClusterRules | null> {
  const k = fit.summary.specification.model.components;
  const { label } = fit;
  const halves = halved(label.length);
  const isHeldOut = Array.from({ length: k }, (_, cluster) =>
    halves.every((half) => {
      const rows = countOf(half, label, cluster);
      // A cluster without any row has no rule either way.
      return (
        rows >= fewestInHalf || countOf(halves[0], label, cluster) + countOf(halves[1], label, cluster) === 0
      );
    }),
  ).every(Boolean);
  const everyone = thinned(Int32Array.from(label.keys()), mostRows);
  const [found, measured] = isHeldOut
    ? [thinned(halves[0], mostRows), thinned(halves[1], mostMeasured)]
    : [everyone, everyone];

  const finding = chosen(fit, prepared, found);
  const measuring = chosen(fit, prepared, measured);
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
  return { rules, foundOn: found.length, measuredOn: measured.length, isHeldOut };
}

/** Two halves of n rows, drawn at random; each ascending. */
function halved(n: number): [Int32Array, Int32Array] {
  const random = createRandom(1, 'rules');
  const halves: [number[], number[]] = [[], []];
  for (let i = 0; i < n; i++) halves[random.uniform() < 0.5 ? 0 : 1].push(i);
  return [Int32Array.from(halves[0]), Int32Array.from(halves[1])];
}

/** At most so many of the rows, spread over them. */
function thinned(rows: Int32Array, most: number): Int32Array {
  if (rows.length <= most) return rows;
  return Int32Array.from({ length: most }, (_, at) => rows[Math.floor((at * rows.length) / most)]);
}

const countOf = (rows: Int32Array, label: Int32Array, cluster: number): number =>
  rows.reduce((count, i) => count + (label[i] === cluster ? 1 : 0), 0);

/** The rows' cells as the file has them, clusters and weights. */
function chosen({ label, table }: Fit, { rows: all, features, tableRow }: PreparedRows, rows: Int32Array) {
  const { x, d, weight } = all;
  const columns = features.map((feature, j): RuleColumn => {
    if (feature.kind === 'number') {
      const numbers = numbersOf(table, feature.name);
      return { kind: 'number', values: Float64Array.from(rows, (i) => numbers[tableRow[i]]) };
    }
    const levels = feature.kind === 'category' ? feature.levels.length : 2;
    return { kind: 'level', values: Float64Array.from(rows, (i) => x[i * d + j]), levels };
  });
  return {
    columns,
    label: Int32Array.from(rows, (i) => label[i]),
    weight: weight && Float64Array.from(rows, (i) => weight[i]),
  };
}
