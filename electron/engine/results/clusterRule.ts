import type { RuleCondition } from '../../../shared/results';
import { holds, merged, questions, type CodedColumn, type RuleColumn } from './ruleColumns';

const mostConditions = 3; // what a person keeps in mind
const beamWidth = 5; // by taste: enough that the best first condition need not be the best start

/** A further condition, or a first one, must raise the F-measure by this much. By taste. */
const leastGain = 0.01;

/** Rows to find rules on: coded columns, the cluster of each row and its weight (absent: all ones). */
export interface RuleRows {
  readonly columns: readonly CodedColumn[];
  readonly label: Int32Array;
  readonly weight: Float64Array | undefined;
}

interface Candidate {
  readonly conditions: readonly RuleCondition[];
  readonly covered: Int32Array;
  readonly score: number;
}

/**
 * The conditions, at most three, that tell the rows of a cluster best from the others: a beam search for the largest
 * F-measure, the harmonic mean of precision and recall; a condition is only added where it is worth it. null: none
 * does better than to say "all rows".
 *
 * Source: beam search for classification rules after CN2 (Clark and Niblett, 1989); F-measure: van Rijsbergen (1979).
 */
export function findRule(rows: RuleRows, cluster: number): RuleCondition[] | null {
  const { label } = rows;
  const size = sumOf(rows, Int32Array.from(label.keys()), (i) => label[i] === cluster);
  const all: Candidate = {
    conditions: [],
    covered: Int32Array.from(label.keys()),
    score: fMeasure(
      size,
      sumOf(rows, Int32Array.from(label.keys()), () => true),
      size,
    ),
  };
  let best = all;
  let beam: readonly Candidate[] = [all];
  for (let length = 1; length <= mostConditions; length++) {
    beam = extended(rows, cluster, size, beam);
    const [longest] = beam;
    if (!longest) break;
    if (longest.score > best.score + leastGain) best = longest;
  }
  return best.conditions.length === 0 ? null : merged(best.conditions);
}

/** The best candidates with one condition more. */
function extended(
  rows: RuleRows,
  cluster: number,
  size: number,
  beam: readonly Candidate[],
): readonly Candidate[] {
  const found: { readonly parent: Candidate; readonly condition: RuleCondition; readonly score: number }[] =
    [];
  for (const parent of beam) {
    for (const [feature, column] of rows.columns.entries()) {
      const { inside, all } = tally(rows, column, parent.covered, cluster);
      const insideUpTo = runningSums(inside);
      const allUpTo = runningSums(all);
      const known = [insideUpTo[column.codes], allUpTo[column.codes]];
      for (const { condition, from, to } of questions(feature, column)) {
        let hits = insideUpTo[to] - insideUpTo[from];
        let covered = allUpTo[to] - allUpTo[from];
        if (condition.kind === 'level' && condition.isNot) {
          hits = known[0] - hits;
          covered = known[1] - covered;
        }
        const score = fMeasure(hits, covered, size);
        // A condition that changes nothing is no condition.
        if (hits > 0 && score > parent.score) found.push({ parent, condition, score });
      }
    }
  }
  // A stable sort: of equally good ones the earlier feature, then the smaller cut.
  return found
    .sort((a, b) => b.score - a.score)
    .filter(({ score }, at, sorted) => at === 0 || score !== sorted[at - 1].score)
    .slice(0, beamWidth)
    .map(({ parent, condition, score }) => ({
      conditions: [...parent.conditions, condition],
      covered: parent.covered.filter((i) => holdsForCode(condition, rows.columns[condition.feature], i)),
      score,
    }));
}

function holdsForCode(condition: RuleCondition, { code, cuts }: CodedColumn, i: number): boolean {
  if (code[i] < 0) return false;
  if (condition.kind === 'level') return (code[i] === condition.level) !== condition.isNot;
  if (cuts === null) return false;
  const { from, below } = condition;
  return (
    (from === null || code[i] > cuts.indexOf(from)) && (below === null || code[i] <= cuts.indexOf(below))
  );
}

function tally(
  { label, weight }: RuleRows,
  { code, codes }: CodedColumn,
  covered: Int32Array,
  cluster: number,
): { inside: Float64Array; all: Float64Array } {
  const inside = new Float64Array(codes);
  const all = new Float64Array(codes);
  for (const i of covered) {
    if (code[i] < 0) continue;
    const w = weight ? weight[i] : 1;
    all[code[i]] += w;
    if (label[i] === cluster) inside[code[i]] += w;
  }
  return { inside, all };
}

/** Entry c: the sum of the first c values. */
function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let at = 0; at < values.length; at++) sums[at + 1] = sums[at] + values[at];
  return sums;
}

/** Harmonic mean of precision (hits / covered) and recall (hits / size). */
const fMeasure = (hits: number, covered: number, size: number): number =>
  hits > 0 ? (2 * hits) / (covered + size) : 0;

function sumOf({ weight }: RuleRows, rows: Int32Array, isCounted: (i: number) => boolean): number {
  let sum = 0;
  for (const i of rows) if (isCounted(i)) sum += weight ? weight[i] : 1;
  return sum;
}

/** Precision and recall of a rule on rows; precision NaN where it holds for none, recall where there are none. */
export function measureRule(
  conditions: readonly RuleCondition[],
  columns: readonly RuleColumn[],
  label: Int32Array,
  weight: Float64Array | undefined,
  cluster: number,
): { precision: number; recall: number } {
  let covered = 0;
  let hits = 0;
  let size = 0;
  for (let i = 0; i < label.length; i++) {
    const w = weight ? weight[i] : 1;
    const isInside = label[i] === cluster;
    if (isInside) size += w;
    if (!conditions.every((condition) => holds(condition, columns, i))) continue;
    covered += w;
    if (isInside) hits += w;
  }
  return { precision: covered > 0 ? hits / covered : NaN, recall: size > 0 ? hits / size : NaN };
}
