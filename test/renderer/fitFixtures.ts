import {
  fitSpecification,
  type ClusterProfile,
  type FitEvent,
  type FitSpecification,
  type FitSummary,
} from '../../shared/fit';
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
    features: [
      { kind: 'number', name: 'eruptions' },
      { kind: 'number', name: 'waiting' },
    ],
    objective: 'logLikelihood',
    criteria: { logLikelihood: -1130.26396, bic: 2322.192, aic: 2282.528, icl: 2322.728 },
    parameterCount: 11,
    parameters: {
      weight: Float64Array.of(0.644, 0.356),
      mean: Float64Array.of(4.29, 79.97, 2.036, 54.48),
      covariance: Float64Array.of(0.17, 0.94, 0.94, 36.05, 0.069, 0.435, 0.435, 33.7),
      probability: new Float64Array(),
      category: new Float64Array(),
    },
    profiles: [
      numberProfile(175, 0.644, [4.29, 79.97], [0.412, 6.0]),
      numberProfile(97, 0.356, [2.036, 54.48], [0.263, 5.8]),
    ],
    overall: numberProfile(272, 1, [3.488, 70.9], [1.141, 13.6]),
    missingCells: 0,
    labelledRows: 0,
    labels: [],
    mixture: null,
    rowsUsed: 272,
    rowsLeftOut: 0,
    restarts: [
      {
        restart: 0,
        outcome: { ok: true, objective: -1130.26396, iterations: 2, stopped: 'converged' },
        trace: Float64Array.of(-1140, -1131, -1130.26396),
        halfSteps: {
          logLikelihood: Float64Array.of(-1140, -1131, -1130.26396),
          boundAfterM: Float64Array.of(NaN, -1132, -1130.27),
          boundAfterE: Float64Array.of(-1140, -1131, -1130.26396),
        },
        sections: [{ from: 0, kind: 'soft', isMonotone: true }],
        shortIterations: 0,
      },
      {
        restart: 1,
        outcome: { ok: true, objective: -1289.8, iterations: 1, stopped: 'converged' },
        trace: Float64Array.of(-1300, -1289.8),
        halfSteps: {
          logLikelihood: Float64Array.of(-1300, -1289.8),
          boundAfterM: Float64Array.of(NaN, -1290),
          boundAfterE: Float64Array.of(-1300, -1289.8),
        },
        sections: [{ from: 0, kind: 'soft', isMonotone: true }],
        shortIterations: 0,
      },
    ],
    bestRestart: 0,
    restartsAtBest: 1,
    stopped: 'converged',
    iterations: 2,
    notices: [],
    scaling: { mean: [3.488, 70.9], sd: [1.139, 13.57] },
    threads: 2,
    kernels: 'plain',
    elapsedMs: 120,
    ...changes,
  };
}

/** A cluster, or all rows, of which every feature is a number. */
export function numberProfile(
  rows: number,
  share: number,
  mean: readonly number[],
  sd: readonly number[],
): ClusterProfile {
  return {
    rows,
    share,
    mean: Float64Array.from(mean),
    sd: Float64Array.from(sd),
    levels: mean.map(() => null),
  };
}

/** An event of a run that leads with `restart` at `iteration`. */
export function progressEvent(restart: number, iteration: number): FitEvent {
  return {
    kind: 'progress',
    elapsedMs: 100 * (iteration + 1),
    fraction: null,
    points: [
      {
        restart,
        iteration,
        objective: -1200 + iteration,
        logLikelihood: -1200 + iteration,
        boundAfterM: iteration === 0 ? NaN : -1200.5 + iteration,
        boundAfterE: -1200 + iteration,
      },
    ],
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
