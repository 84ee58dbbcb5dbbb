import { selectionId, tableId } from '../../shared/ids';
import {
  selectionSpecification,
  type GridCell,
  type GridCriteria,
  type SelectionSpecification,
  type SelectionSummary,
} from '../../shared/selection';

/** A comparison of the faithful example: two Gaussian mixtures and k-means, K = 1 to 3. */
export function faithfulSelection(change: object = {}): SelectionSpecification {
  return selectionSpecification.parse({
    preparation: { features: ['eruptions', 'waiting'] },
    models: [
      { family: 'gaussian', covariance: 'EEE' },
      { family: 'gaussian', covariance: 'VVV' },
      { family: 'kmeans' },
    ],
    components: { from: 1, to: 3 },
    run: { restarts: 2 },
    ...change,
  });
}

/** A converged fit with these criteria, and a held-out score of two splits. */
export function fittedCell(
  model: number,
  components: number,
  criteria: GridCriteria,
  heldOut: number | null = null,
): GridCell {
  return {
    model,
    components,
    fit: {
      outcome: {
        kind: 'fitted',
        stopped: 'converged',
        iterations: 12,
        parameterCount: 5 * components,
        criteria,
        restartsAtBest: 2,
      },
    },
    heldOut:
      heldOut === null
        ? null
        : {
            mean: Float64Array.of(heldOut - 0.1, heldOut + 0.1),
            weight: Float64Array.of(1, 1),
            score: { value: heldOut, standardError: 0.1 },
            failed: 0,
            notConverged: 0,
          },
    stability: null,
  };
}

/** A fit that failed: cluster 3 shrank onto equal rows. */
export function failedCell(model: number, components: number): GridCell {
  return {
    model,
    components,
    fit: {
      outcome: {
        kind: 'failed',
        failure: { kind: 'singularCovariance', component: 2, cause: 'collapsed', feature: null },
      },
    },
    heldOut: null,
    stability: null,
  };
}

/** The same fit, stopped at its limit. */
export function unready(cell: GridCell): GridCell {
  if (cell.fit?.outcome.kind !== 'fitted') throw new Error('Only a fit can be stopped.');
  return { ...cell, fit: { outcome: { ...cell.fit.outcome, stopped: 'iterationLimit' } } };
}

/** Held-out log-likelihood is best at 3 clusters of EEE; VVV of 3 failed, and of 1 did not converge. */
export const faithfulCells: readonly GridCell[] = [
  fittedCell(0, 1, { bic: 2607 }, -4.75),
  fittedCell(0, 2, { bic: 2320, silhouette: { value: 0.72, standardError: null } }, -4.21),
  fittedCell(0, 3, { bic: 2314, silhouette: { value: 0.6, standardError: null } }, -4.19),
  unready(fittedCell(1, 1, { bic: 2607 }, -4.75)),
  fittedCell(1, 2, { bic: 2322, silhouette: { value: 0.74, standardError: null } }, -4.2),
  failedCell(1, 3),
  fittedCell(2, 1, { distortion: 544 }),
  fittedCell(2, 2, { distortion: 79, silhouette: { value: 0.75, standardError: null } }),
  fittedCell(2, 3, { distortion: 56, silhouette: { value: 0.64, standardError: null } }),
];

/** Its summary: two clusters of EEE, within a paired standard error of three. */
export function faithfulSelectionSummary(
  id = 'selection-1',
  change: Partial<SelectionSummary> = {},
): SelectionSummary {
  return {
    selection: selectionId.parse(id),
    table: tableId.parse('table-1'),
    specification: faithfulSelection(),
    features: [
      { kind: 'number', name: 'eruptions' },
      { kind: 'number', name: 'waiting' },
    ],
    columnsAs: [0, 0, 0],
    rowsUsed: 272,
    rowsLeftOut: 0,
    cells: [...faithfulCells],
    gap: null,
    bootstrapTests: [],
    weights: [
      { model: 0, components: 3, weight: 0.93 },
      { model: 0, components: 2, weight: 0.05 },
      { model: 1, components: 2, weight: 0.02 },
    ],
    verdict: {
      chosen: { model: 0, components: 2 },
      rule: 'pairedStandardError',
      remarks: [
        {
          kind: 'withinError',
          best: { model: 0, components: 3 },
          difference: { value: 0.02, standardError: 0.05 },
        },
        { kind: 'leftOut', failed: 1, notConverged: 1 },
      ],
    },
    isComplete: true,
    reused: 0,
    elapsedMs: 1200,
    ...change,
  };
}
