import type { RuleCondition } from '../../../shared/results';
import { countUpTo } from './binEnds';
import { roundBetween } from './roundBetween';

/** A feature over some rows, as rules ask about it: NaN for a missing cell. `levels`: of yes/no 2. */
export type RuleColumn =
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'level'; readonly values: Float64Array; readonly levels: number };

/** A column as the search counts it: few codes, and the questions that can be asked about them. */
export interface CodedColumn {
  /** Code of each row; -1 for a missing cell, which fulfils nothing. */
  readonly code: Int32Array;
  readonly codes: number;
  /** Of a number: where the codes are cut, ascending; code c holds cuts[c - 1] <= value < cuts[c]. null: levels. */
  readonly cuts: Float64Array | null;
}

/** Cuts evenly among the values, and at the widest gaps between them. By taste: finer cuts are not worth more digits. */
const mostEvenCuts = 48;
const mostWideCuts = 16;

/** Codes of a column, numbers cut between neighbouring values at as round numbers as go between them. */
export function codeColumn(column: RuleColumn): CodedColumn {
  if (column.kind === 'level')
    return {
      code: Int32Array.from(column.values, (level) => (Number.isNaN(level) ? -1 : level)),
      codes: column.levels,
      cuts: null,
    };
  const cuts = cutsOf(column.values);
  const code = Int32Array.from(column.values, (value) => (Number.isNaN(value) ? -1 : countUpTo(cuts, value)));
  return { code, codes: cuts.length + 1, cuts };
}

function cutsOf(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  const distinct = sorted.filter((value, at) => at === 0 || value > sorted[at - 1]);
  return Float64Array.from(gapsOf(distinct), (gap) => roundBetween(distinct[gap], distinct[gap + 1]));
}

/** Which of the gaps between ascending values are cut, ascending: all where they are few. */
function gapsOf(distinct: Float64Array): readonly number[] {
  const gaps = Array.from({ length: Math.max(0, distinct.length - 1) }, (_, gap) => gap);
  if (gaps.length <= mostEvenCuts + mostWideCuts) return gaps;
  const even = Array.from({ length: mostEvenCuts }, (_, at) =>
    Math.floor(((at + 0.5) * gaps.length) / mostEvenCuts),
  );
  const width = (gap: number): number => distinct[gap + 1] - distinct[gap];
  const wide = gaps.toSorted((a, b) => width(b) - width(a) || a - b).slice(0, mostWideCuts);
  return [...new Set([...even, ...wide])].sort((a, b) => a - b);
}

/** Every question about a feature, with what of a tally by code it holds for. */
export function questions(feature: number, { codes, cuts }: CodedColumn): Question[] {
  if (cuts !== null)
    return Array.from(cuts, (cut, at) => [
      { condition: { kind: 'range' as const, feature, from: null, below: cut }, from: 0, to: at + 1 },
      { condition: { kind: 'range' as const, feature, from: cut, below: null }, from: at + 1, to: codes },
    ]).flat();
  return Array.from({ length: codes }, (_, level) => [
    { condition: { kind: 'level' as const, feature, level, isNot: false }, from: level, to: level + 1 },
    // Of two levels, not the one is the other.
    ...(codes > 2
      ? [{ condition: { kind: 'level' as const, feature, level, isNot: true }, from: level, to: level + 1 }]
      : []),
  ]).flat();
}

/** It holds for the codes [from, to); for all others where the condition says `isNot`. */
export interface Question {
  readonly condition: RuleCondition;
  readonly from: number;
  readonly to: number;
}

/** Whether a condition holds for row i of the columns. */
export function holds(condition: RuleCondition, columns: readonly RuleColumn[], i: number): boolean {
  const value = columns[condition.feature].values[i];
  if (Number.isNaN(value)) return false;
  if (condition.kind === 'level') return (value === condition.level) !== condition.isNot;
  const { from, below } = condition;
  return (from === null || value >= from) && (below === null || value < below);
}

/** The conditions with those on one number made one. */
export function merged(conditions: readonly RuleCondition[]): RuleCondition[] {
  const together: RuleCondition[] = [];
  for (const condition of conditions) {
    const at = together.findIndex(
      (other) => other.kind === 'range' && condition.kind === 'range' && other.feature === condition.feature,
    );
    const other = together[at];
    if (at < 0 || other.kind !== 'range' || condition.kind !== 'range') together.push(condition);
    else
      together[at] = {
        ...other,
        from: tighter(other.from, condition.from, Math.max),
        below: tighter(other.below, condition.below, Math.min),
      };
  }
  return together;
}

function tighter(
  one: number | null,
  other: number | null,
  choose: (a: number, b: number) => number,
): number | null {
  if (one === null) return other;
  return other === null ? one : choose(one, other);
}
