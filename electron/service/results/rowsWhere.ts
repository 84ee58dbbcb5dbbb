import { featuresByKind } from '../../../shared/features';
import type { RuleCondition } from '../../../shared/results';
import type { Fit } from '../fits';
import type { PreparedRows } from '../prepareRows';

/** Rows of the table that are in a cluster (null: in any) and fulfil all conditions; a missing cell fulfils none. */
export function rowsWhere(
  { label }: Fit,
  prepared: PreparedRows,
  cluster: number | null,
  conditions: readonly RuleCondition[],
): Int32Array {
  const { rows, tableRow } = prepared;
  const tests = conditions.map((condition) => inFitUnits(condition, prepared));
  const found = new Int32Array(rows.n);
  let count = 0;
  for (let i = 0; i < rows.n; i++) {
    if (cluster !== null && label[i] !== cluster) continue;
    if (tests.every((holds) => holds(i))) found[count++] = tableRow[i];
  }
  return found.slice(0, count);
}

function inFitUnits(
  condition: RuleCondition,
  { rows: { x, d }, scaling, space }: PreparedRows,
): (i: number) => boolean {
  const { feature } = condition;
  if (condition.kind === 'level') {
    const { level, isNot } = condition;
    return (i) => {
      const value = x[i * d + feature];
      return !Number.isNaN(value) && (value === level) !== isNot;
    };
  }
  const place = featuresByKind(space).number.indexOf(feature);
  // A value that is a bound must meet it whatever scaling there and back did to its last digits.
  const slack = 1e-12 * (Math.abs(scaling.mean[place]) + scaling.sd[place]);
  const from = condition.from === null ? -Infinity : condition.from - slack;
  const below = condition.below === null ? null : condition.below - slack;
  return (i) => {
    const value = scaling.mean[place] + scaling.sd[place] * x[i * d + feature];
    return value >= from && (below === null || value < below);
  };
}
