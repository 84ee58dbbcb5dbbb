import type { RuleCondition } from '../../../shared/results';
import type { Fit } from '../fits';
import type { PreparedRows } from '../preparation/prepareRows';
import { numbersOf } from './numbersOf';

/** Rows of the table that are in a cluster (null: in any) and fulfil all conditions; a missing cell fulfils none. */
export function rowsWhere(
  fit: Fit,
  prepared: PreparedRows,
  cluster: number | null,
  conditions: readonly RuleCondition[],
): Int32Array {
  const { rows, tableRow } = prepared;
  const tests = conditions.map((condition) => testOf(condition, fit, prepared));
  const found = new Int32Array(rows.n);
  let count = 0;
  for (let i = 0; i < rows.n; i++) {
    if (cluster !== null && fit.label[i] !== cluster) continue;
    if (tests.every((holds) => holds(i))) found[count++] = tableRow[i];
  }
  return found.slice(0, count);
}

function testOf(
  condition: RuleCondition,
  { table }: Fit,
  { rows: { x, d }, features, tableRow }: PreparedRows,
): (i: number) => boolean {
  const { feature } = condition;
  if (condition.kind === 'level') {
    const { level, isNot } = condition;
    return (i) => {
      const value = x[i * d + feature];
      return !Number.isNaN(value) && (value === level) !== isNot;
    };
  }
  const { from, below } = condition;
  const numbers = numbersOf(table, features[feature].name);
  return (i) => {
    const value = numbers[tableRow[i]];
    return !Number.isNaN(value) && (from === null || value >= from) && (below === null || value < below);
  };
}
