import { describe, expect, it } from 'vitest';
import { modelOfAnySize } from '../../../shared/model';
import type { BootstrapTest, GapCurve, GridCell, GridCriteria } from '../../../shared/selection';
import { verdictOf, type ComparedGrid } from '../../../electron/engine/selection/verdict';

const full = modelOfAnySize.parse({ family: 'gaussian', covariance: 'VVV' });
const tied = modelOfAnySize.parse({ family: 'gaussian', covariance: 'EEE' });
const kMeans = modelOfAnySize.parse({ family: 'kmeans' });

interface CellChanges {
  readonly model?: number;
  readonly stopped?: 'converged' | 'iterationLimit';
  readonly criteria?: GridCriteria;
  readonly heldOut?: readonly number[];
  readonly stability?: readonly number[];
}

const cell = (components: number, changes: CellChanges = {}): GridCell => {
  const { model = 0, stopped = 'converged', criteria = {}, heldOut, stability } = changes;
  return {
    model,
    components,
    fit: {
      outcome: { kind: 'fitted', stopped, iterations: 9, parameterCount: 5, criteria, restartsAtBest: 1 },
    },
    heldOut: heldOut
      ? {
          mean: Float64Array.from(heldOut),
          weight: new Float64Array(heldOut.length).fill(1),
          score: { value: 0, standardError: 0 },
          failed: 0,
          notConverged: 0,
        }
      : null,
    stability: stability ? Float64Array.from(stability) : null,
  };
};

const failedCell = (components: number): GridCell => ({
  model: 0,
  components,
  fit: { outcome: { kind: 'failed', failure: { kind: 'emptyComponent', component: 0 } } },
  heldOut: null,
  stability: null,
});

const gapOf = (chosen: number, nearHighest = chosen): GapCurve => ({ points: [], chosen, nearHighest });

const grid = (cells: GridCell[], changes: Partial<ComparedGrid> = {}): ComparedGrid => ({
  models: [full],
  components: { from: 1, to: 6 },
  cells,
  gap: null,
  bootstrapTests: [],
  level: 0.05,
  ...changes,
});

const threeSplits = [
  cell(1, { heldOut: [-9, -8, -9] }),
  cell(2, { heldOut: [-5, -4, -5.5] }),
  cell(3, { heldOut: [-4, -4.5, -5] }),
];

describe('the rule of a verdict', () => {
  it('is the smallest K within one paired standard error of the best held-out score', () => {
    const found = verdictOf(grid(threeSplits));
    expect(found).toMatchObject({ chosen: { model: 0, components: 2 }, rule: 'pairedStandardError' });
    expect(found?.remarks).toEqual([
      {
        kind: 'withinError',
        best: { model: 0, components: 3 },
        difference: { value: 1 / 3, standardError: expect.closeTo(Math.sqrt(7 / 12 / 3), 12) },
      },
    ]);
  });

  it('can be one cluster, and tells no silhouette of it', () => {
    const found = verdictOf(
      grid([
        cell(1, { heldOut: [-1, -2, -1], criteria: { bic: 5 } }),
        cell(2, {
          heldOut: [-2, -3, -2],
          criteria: { bic: 9, silhouette: { value: 0.4, standardError: null } },
        }),
      ]),
    );
    expect(found?.chosen.components).toBe(1);
    expect(found?.remarks).toEqual([{ kind: 'agrees', criterion: 'bic' }]);
  });

  it('never chooses a fit that failed or did not converge, and counts them', () => {
    const found = verdictOf(
      grid([
        cell(1, { heldOut: [-9, -8, -9] }),
        cell(2, { heldOut: [-1, -1, -1], stopped: 'iterationLimit' }),
        failedCell(3),
        failedCell(4),
      ]),
    );
    expect(found?.chosen.components).toBe(1);
    expect(found?.remarks).toEqual([{ kind: 'leftOut', failed: 2, notConverged: 1 }]);
    expect(verdictOf(grid([failedCell(1), failedCell(2)]))).toBeNull();
  });

  it('is BIC when nothing was held out', () => {
    const found = verdictOf(
      grid([cell(1, { criteria: { bic: 9 } }), cell(2, { criteria: { bic: 7, icl: 8 } })]),
    );
    expect(found).toMatchObject({ chosen: { components: 2 }, rule: 'bic' });
    expect(found?.remarks).toEqual([{ kind: 'agrees', criterion: 'icl' }]);
  });

  it('is the gap of k-means alone, and the silhouette without it', () => {
    const silhouette = (value: number): GridCriteria => ({ silhouette: { value, standardError: null } });
    const cells = [cell(1), cell(2, { criteria: silhouette(0.6) }), cell(3, { criteria: silhouette(0.5) })];
    const alone = grid(cells, { models: [kMeans] });
    expect(verdictOf({ ...alone, gap: gapOf(1) })).toMatchObject({ chosen: { components: 1 }, rule: 'gap' });
    expect(verdictOf({ ...alone, gap: gapOf(3) })?.remarks).toEqual([
      { kind: 'disagrees', criterion: 'silhouette', components: 2 },
    ]);
    expect(verdictOf(alone)).toMatchObject({ chosen: { components: 2 }, rule: 'silhouette' });
  });

  describe('where neither ICL nor the gap sees groups', () => {
    const icl = (components: number, value: number, heldOut: number[]): GridCell =>
      cell(components, { criteria: { icl: value, bic: value }, heldOut });
    const spread = [icl(1, 10, [-9, -8, -9]), icl(2, 12, [-5, -4, -5.5]), icl(3, 13, [-4, -4.5, -5])];

    it('is one cluster, and says how many components the likelihood takes', () => {
      const found = verdictOf(grid(spread, { gap: gapOf(2, 1) }));
      expect(found).toMatchObject({ chosen: { model: 0, components: 1 }, rule: 'noGroups' });
      expect(found?.remarks).toEqual([
        { kind: 'componentsWithoutGroups', components: 2 },
        { kind: 'agrees', criterion: 'bic' },
      ]);
      const unvalidated = spread.map((one) => ({ ...one, heldOut: null }));
      expect(verdictOf(grid(unvalidated, { gap: gapOf(1) }))?.rule).toBe('bic');
    });

    it('but not where only one of them sees none, or one cluster was not tried', () => {
      expect(verdictOf(grid(spread, { gap: gapOf(1, 2) }))?.chosen.components).toBe(2);
      expect(verdictOf(grid(spread))?.chosen.components).toBe(2);
      const apart = [icl(1, 10, [-9, -8, -9]), icl(2, 9, [-5, -4, -5.5])];
      expect(verdictOf(grid(apart, { gap: gapOf(1) }))?.chosen.components).toBe(2);
      expect(verdictOf(grid(spread.slice(1), { gap: gapOf(1) }))?.chosen.components).toBe(2);
    });
  });

  it('compares likelihoods only among models that take the columns alike', () => {
    const cells = [
      cell(1, { heldOut: [-9, -8, -9] }),
      cell(2, { heldOut: [-5, -4, -5.5] }),
      cell(3, { model: 1, heldOut: [-0.4, -0.5, -0.2] }),
    ];
    const models = [full, modelOfAnySize.parse({ family: 'bernoulli' })];
    const found = verdictOf(grid(cells, { models, columnsAs: ['number', 'yesNo'] }));
    expect(found?.chosen).toEqual({ model: 0, components: 2 });
    expect(verdictOf(grid(cells, { models }))?.chosen).toEqual({ model: 1, components: 3 });
  });

  it('is by mixtures where there are any, with the gap of k-means beside them', () => {
    const cells = [...threeSplits, cell(3, { model: 1 })];
    const found = verdictOf(grid(cells, { models: [full, kMeans], gap: gapOf(3) }));
    expect(found?.rule).toBe('pairedStandardError');
    expect(found?.remarks).toContainEqual({ kind: 'disagrees', criterion: 'gap', components: 3 });
  });
});

describe('the remarks of a verdict', () => {
  it('say that the range ends here, on either side, but not that no fewer than one were tried', () => {
    const edges = (from: number, to: number) =>
      verdictOf(
        grid([cell(from, { heldOut: [-1, -1.1] }), cell(to, { heldOut: [-2, -2] })], {
          components: { from, to },
        }),
      )?.remarks;
    expect(edges(1, 3)).toEqual([]);
    expect(edges(2, 3)).toEqual([{ kind: 'rangeEdge', edge: 'smallest', components: 2 }]);
    expect(verdictOf(grid(threeSplits, { components: { from: 1, to: 2 } }))?.remarks).toContainEqual({
      kind: 'rangeEdge',
      edge: 'largest',
      components: 2,
    });
  });

  it('name the clusters of the chosen fit that are not stable', () => {
    const cells = [
      cell(2, { heldOut: [-1, -1.1], stability: [0.9, 0.58] }),
      cell(3, { stability: [0, 0, 0] }),
    ];
    expect(verdictOf(grid(cells))?.remarks).toEqual([
      { kind: 'unstableCluster', cluster: 1, stability: 0.58 },
    ]);
  });

  it('tell the last test of the chosen model and whether it rejects', () => {
    const test = (model: number, components: number, value: number): BootstrapTest => ({
      model,
      components,
      ratio: 10,
      p: { value, standardError: 0.01 },
      replicates: 199,
      failedReplicates: 0,
    });
    const bootstrapTests = [test(0, 1, 0.005), test(0, 2, 0.3), test(1, 3, 0.4)];
    const found = verdictOf(grid(threeSplits, { models: [full, tied], bootstrapTests }));
    expect(found?.remarks).toContainEqual({
      kind: 'bootstrapTest',
      components: 2,
      p: { value: 0.3, standardError: 0.01 },
      isRejected: false,
    });
  });

  it('say over how many splits the points could be compared', () => {
    const five = [-9, -8, -9, -8, -9];
    const cells = [cell(1, { heldOut: five }), cell(2, { heldOut: [NaN, -7, -9.4, -8.4, -9] })];
    expect(verdictOf(grid(cells))?.remarks).toContainEqual({ kind: 'splitsLeftOut', leftOut: 1, splits: 5 });
  });
});
