import { fitSpecification, type FitEvent, type FitSpecification, type FitSummary } from '../../shared/fit';
import { fitId, tableId } from '../../shared/ids';
import type { ColumnSummary, TableSummary } from '../../shared/table';

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

function numberColumn(index: number, name: string, missing = 0): ColumnSummary {
  return {
    index,
    name,
    originalName: name,
    type: 'number',
    isDetected: true,
    suggestedRole: 'feature',
    reading: { decimal: '.', thousands: null, currency: null, dateOrder: null },
    missing,
    missingSpellings: [],
    unreadable: { count: 0, examples: [] },
    distinct: 100,
    isDistinctLowerBound: false,
    numeric: { first: 1, min: 0, max: 10, sum: 5, mean: 5, sd: 2, median: 5, histogram: [1, 2, 1] },
    frequent: [],
  };
}

/** The faithful example as an open table. */
export function openTable(id = 'table-1', missing = 0): TableSummary {
  return {
    table: tableId.parse(id),
    fileName: 'faithful.csv',
    sizeBytes: 3200,
    rows: 272,
    columns: [numberColumn(0, 'eruptions', missing), numberColumn(1, 'waiting')],
    dialect: {
      format: 'delimited',
      encoding: 'utf-8',
      hasByteOrderMark: false,
      delimiter: ',',
      decimal: '.',
      hasHeader: true,
      skippedLines: 0,
      missingCodes: ['NA'],
      sheet: null,
      sheets: [],
    },
    notices: [],
  };
}
