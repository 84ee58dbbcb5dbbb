import type { Failure } from '../../shared/failure';
import type { RunSpecification, Start } from '../../shared/fit';
import { failed, ok, type Result } from '../../shared/result';
import type { PreparedRows } from './preparation/prepareRows';

/** A run whose order of rows speaks of rows of the table, of the rows used instead; others are passed over. */
export function runOfRows(run: RunSpecification, position: Int32Array): RunSpecification {
  const { algorithm } = run;
  if (algorithm?.name !== 'online' || algorithm.order === undefined) return run;
  // A row that the table does not have is left for the engine to refuse.
  const order = algorithm.order.map((row) => position.at(row) ?? row).filter((row) => row >= 0);
  return { ...run, algorithm: { ...algorithm, order } };
}

/** A start that speaks of rows of the table, of the rows used instead. */
export function startOfRows(
  start: Start,
  prepared: PreparedRows,
  tableRows: number,
  components: number,
): Result<Start, Failure> {
  const ofUsed = <T>(name: string, given: readonly T[]): Result<T[], Failure> =>
    given.length === tableRows
      ? ok(Array.from(prepared.tableRow, (row) => given[row]))
      : failed({
          kind: 'badRequest',
          path: `start.${name}`,
          problem: `${given.length} are given for a table of ${tableRows} rows`,
        });
  if ('labels' in start) {
    const labels = ofUsed('labels', start.labels);
    return labels.ok ? ok({ labels: labels.value }) : labels;
  }
  if ('responsibilities' in start && start.responsibilities !== undefined) {
    const wrong = start.responsibilities.findIndex((shares) => !areShares(shares, components));
    if (wrong !== -1)
      return failed({
        kind: 'badRequest',
        path: `start.responsibilities.${wrong}`,
        problem: `must be ${components} shares that sum to one`,
      });
    const responsibilities = ofUsed('responsibilities', start.responsibilities);
    return responsibilities.ok
      ? ok({ ...start, responsibilities: responsibilities.value })
      : responsibilities;
  }
  return ok(start);
}

function areShares(shares: readonly number[], components: number): boolean {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.length === components && shares.every((share) => share >= 0) && Math.abs(total - 1) <= 1e-6;
}
