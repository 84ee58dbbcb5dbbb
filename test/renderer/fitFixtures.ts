import { fitSpecification, type FitEvent, type FitSpecification, type FitSummary } from '../../shared/fit';
import { fitId, tableId } from '../../shared/ids';
import type { ScatterPoints } from '../../shared/contract/messages';
import type { TableSummary } from '../../shared/table';
import { column, table } from './support/tableFixtures';

export const faithfulTable = tableId.parse('table-1');

/** The fit of the faithful example: two clusters, full covariance. */
export function faithfulSpecification(components = 2): FitSpecification {
  return fitSpecification.parse({
    preparation: { features: ['eruptions', 'waiting'] },
    model: { family: 'gaussian', components, covariance: 'VVV' },
    run: { restarts: 2 },
  });
}

/** Its summary, with the numbers rounded. */
export function faithfulSummary(id = 'fit-1', changes: Partial<FitSummary> = {}): FitSummary {
  return {
    fit: fitId.parse(id),
    table: faithfulTable,
    specification: faithfulSpecification(),
    objective: 'logLikelihood',
    criteria: { logLikelihood: -1130.26396, bic: 2322.192, aic: 2282.528, icl: 2322.728 },
    parameterCount: 11,
    parameters: {
      weight: Float64Array.of(0.644, 0.356),
      mean: Float64Array.of(4.29, 79.97, 2.036, 54.48),
      covariance: Float64Array.of(0.17, 0.94, 0.94, 36.05, 0.069, 0.435, 0.435, 33.7),
    },
    profiles: [
      { rows: 175, share: 0.644, mean: Float64Array.of(4.29, 79.97), sd: Float64Array.of(0.412, 6.0) },
      { rows: 97, share: 0.356, mean: Float64Array.of(2.036, 54.48), sd: Float64Array.of(0.263, 5.8) },
    ],
    overall: { mean: Float64Array.of(3.488, 70.9), sd: Float64Array.of(1.141, 13.6) },
    rowsUsed: 272,
    rowsLeftOut: 0,
    restarts: [
      {
        restart: 0,
        outcome: { ok: true, objective: -1130.26396, iterations: 2, stopped: 'converged' },
        trace: Float64Array.of(-1140, -1131, -1130.26396),
      },
      {
        restart: 1,
        outcome: { ok: true, objective: -1289.8, iterations: 1, stopped: 'converged' },
        trace: Float64Array.of(-1300, -1289.8),
      },
    ],
    bestRestart: 0,
    restartsAtBest: 1,
    stopped: 'converged',
    iterations: 2,
    notices: [],
    scaling: { mean: [3.488, 70.9], sd: [1.139, 13.57] },
    threads: 2,
    elapsedMs: 120,
    ...changes,
  };
}

/** An event of a run that leads with `restart` at `iteration`. */
export function progressEvent(restart: number, iteration: number): FitEvent {
  return {
    kind: 'progress',
    elapsedMs: 100 * (iteration + 1),
    fraction: null,
    points: [{ restart, iteration, objective: -1200 + iteration }],
    leading: { restart, iteration, parameters: faithfulSummary().parameters },
  };
}

/** The faithful example as an open table. */
export function openTable(id = 'table-1', missing = 0): TableSummary {
  const columns = [column({ name: 'eruptions', missing }), column({ name: 'waiting' })];
  return { ...table('faithful.csv', columns, 272), table: tableId.parse(id) };
}

/** The scatter of its first rows, `left` of its rows being left out. */
export function faithfulPoints(left = 0): ScatterPoints {
  return {
    x: Float64Array.of(3.6, 1.8, 3.333),
    y: Float64Array.of(79, 54, 74),
    row: Int32Array.of(0, 1, 2),
    total: 272 - left,
    matrix: Float64Array.of(1, 0, 0, 1),
    centre: Float64Array.of(0, 0),
    xName: 'eruptions',
    yName: 'waiting',
  };
}
