import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallEvent } from '../../../shared/contract/messages';
import type { FitSummary } from '../../../shared/fit';
import { runId, type SelectionId } from '../../../shared/ids';
import { ofSize } from '../../../shared/model';
import { failed } from '../../../shared/result';
import {
  selectionSpecification,
  type GridCell,
  type GridPoint,
  type SelectionSpecification,
  type SelectionSummary,
} from '../../../shared/selection';
import type { TableSummary } from '../../../shared/table';
import { openService, valueOf, type OpenService } from '../openService';

const iris = readFileSync(path.resolve(import.meta.dirname, '../../reference/data/tables/iris.csv'), 'utf8');
const features = ['Sepal.Length', 'Sepal.Width', 'Petal.Length', 'Petal.Width'];

let service: OpenService;
let table: TableSummary;
beforeEach(async () => {
  service = openService();
  table = await service.open(iris);
});
afterEach(() => service.close());

type SelectionEvent = CallEvent<'selection.run'>;

const specification = (more: object = {}): SelectionSpecification =>
  selectionSpecification.parse({
    preparation: { features },
    models: [
      { family: 'gaussian', covariance: 'VVV' },
      { family: 'kmeans' },
      { family: 'gaussian', covariance: 'EEI' },
    ],
    components: { from: 1, to: 3 },
    validation: { kind: 'folds', folds: 3 },
    run: { restarts: 2 },
    ...more,
  });

async function select(
  more: object = {},
  onEvent: (event: SelectionEvent) => void = () => undefined,
  { client } = service,
  of = table,
): Promise<SelectionSummary> {
  return valueOf(
    await client.call('selection.run', { table: of.table, specification: specification(more) }, { onEvent }),
  );
}

const cellAt = ({ cells }: SelectionSummary, model: number, components: number): GridCell | undefined =>
  cells.find((cell) => cell.model === model && cell.components === components);

/** All but what differs between two runs of the same fit. */
const sameIn = ({ fit: _fit, elapsedMs: _elapsedMs, ...summary }: FitSummary) => summary;

async function open({ selection }: SelectionSummary, point: GridPoint): Promise<FitSummary> {
  return valueOf(await service.client.call('selection.open', { selection, point }));
}

describe('a selection', () => {
  it('sends each cell as it becomes known, and at last as its answer has it', async () => {
    const events: SelectionEvent[] = [];
    const more = { stability: { replicates: 2 }, bootstrapTest: { replicates: 19, restarts: 1 } };
    const summary = await select(more, (event) => events.push(event));
    const cells = events.flatMap((event) => (event.kind === 'cell' ? [event.cell] : []));
    for (const cell of summary.cells)
      expect(
        cells.findLast(({ model, components }) => model === cell.model && components === cell.components),
      ).toEqual(cell);
    const progress = events.flatMap((event) => (event.kind === 'progress' ? [event.fraction] : []));
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    expect(progress.filter((fraction) => fraction === 1)).toHaveLength(1);
    expect(summary).toMatchObject({ isComplete: true, reused: 0, rowsUsed: 150, columnsAs: [0, 0, 0] });
  });

  it('has every criterion where it has a meaning, and no other', async () => {
    const summary = await select({ gap: { references: 3 } });
    const criteria = (model: number, components: number): string[] => {
      const outcome = cellAt(summary, model, components)?.fit?.outcome;
      return outcome?.kind === 'fitted' ? Object.keys(outcome.criteria).sort() : [];
    };
    const likelihood = ['aic', 'aicc', 'bic', 'icl', 'logLikelihood'];
    const geometry = ['calinskiHarabasz', 'daviesBouldin', 'silhouette'];
    expect(criteria(0, 1)).toEqual(likelihood);
    expect(criteria(0, 3)).toEqual([...likelihood, ...geometry, 'relativeEntropy'].sort());
    expect(criteria(1, 3)).toEqual([...geometry, 'distortion'].sort());
    expect(cellAt(summary, 1, 3)?.heldOut).toBeNull();
    expect(cellAt(summary, 2, 3)?.heldOut?.mean).toHaveLength(3);
    expect(summary.gap?.points.map(({ components }) => components)).toEqual([1, 2, 3]);
    expect(summary.weights.map(({ model }) => model)).toEqual([0, 0, 0, 2, 2, 2]);
  });

  it('opens each fit as fit.run finds it, to the last bit', async () => {
    const run = { restarts: 2, shortRuns: { runs: 4, iterations: 3 } };
    for (const more of [{}, { run }]) {
      const given = specification(more);
      const summary = await select(more);
      for (const point of [
        { model: 0, components: 3 },
        { model: 1, components: 3 },
        { model: 2, components: 2 },
      ]) {
        const opened = await open(summary, point);
        const fitted = valueOf(
          await service.client.call('fit.run', {
            table: table.table,
            specification: {
              preparation: given.preparation,
              model: ofSize(given.models[point.model], point.components),
              start: given.start,
              run: given.run,
            },
          }),
        );
        expect(sameIn(opened)).toEqual(sameIn(fitted));
        const of = ({ fit }: FitSummary) => ({ fit, rows: Int32Array.of(0, 77, 149) });
        expect(await service.client.call('fit.memberships', of(opened))).toEqual(
          await service.client.call('fit.memberships', of(fitted)),
        );
        expect(await service.client.call('fit.frames', { fit: opened.fit })).toEqual(
          await service.client.call('fit.frames', { fit: fitted.fit }),
        );
        const outcome = cellAt(summary, point.model, point.components)?.fit?.outcome;
        if (outcome?.kind !== 'fitted') throw new Error('no fit');
        for (const [name, value] of Object.entries(opened.criteria))
          expect(outcome.criteria).toHaveProperty(name, value);
        expect((await open(summary, point)).fit).toBe(opened.fit);
      }
    }
  });

  it('opens a fit while it goes on, and while it waits, as it does at the end', async () => {
    const run = runId.parse('selection');
    const { client } = service;
    const cancelling = new AbortController();
    const long = { validation: { kind: 'folds', folds: 10, repeats: 100 } };
    let begun: SelectionId | undefined;
    let opening: Promise<FitSummary[]> | undefined;
    const openBoth = async (selection: SelectionId, point: GridPoint): Promise<FitSummary[]> => {
      const first = valueOf(await client.call('selection.open', { selection, point }));
      await client.call('fit.steer', { run, command: 'pause' });
      await client.call('fit.forget', { fit: first.fit });
      const second = valueOf(await client.call('selection.open', { selection, point }));
      cancelling.abort();
      return [first, second];
    };
    const answer = client.call(
      'selection.run',
      { table: table.table, specification: specification(long), run },
      {
        signal: cancelling.signal,
        onEvent(event) {
          if (event.kind === 'begun') begun = event.selection;
          if (event.kind === 'cell' && event.cell.components === 3 && event.cell.model === 0 && begun)
            opening ??= openBoth(begun, { model: 0, components: 3 });
        },
      },
    );
    const summary = valueOf(await answer);
    expect(summary).toMatchObject({ selection: begun, isComplete: false });
    const [first, second] = (await opening) ?? [];
    expect(second.fit).not.toBe(first.fit);
    expect((await open(summary, { model: 0, components: 3 })).fit).toBe(second.fit);
    await client.call('fit.forget', { fit: second.fit });
    const last = await open(summary, { model: 0, components: 3 });
    expect(sameIn(first)).toEqual(sameIn(last));
    expect(sameIn(second)).toEqual(sameIn(last));
  });

  it('has the same bits on one, two and three threads', async () => {
    const more = {
      gap: { references: 3 },
      stability: { replicates: 3 },
      bootstrapTest: { replicates: 19, restarts: 1 },
    };
    const all = [await select(more)];
    for (const threads of [1, 3]) {
      const other = openService(threads);
      all.push(await select(more, undefined, other, await other.open(iris)));
      await other.close();
    }
    const [first, ...others] = all.map(
      ({ selection: _selection, table: _table, elapsedMs: _elapsedMs, ...rest }) => rest,
    );
    expect(first.bootstrapTests.length).toBeGreaterThan(0);
    expect(first.cells.every(({ stability }) => stability !== null)).toBe(true);
    for (const other of others) expect(other).toEqual(first);
  });

  it('takes over what an earlier one has finished, and finds the same', async () => {
    const before = await select({ components: { from: 1, to: 2 } });
    const after = await select();
    expect(before.reused).toBe(0);
    // 6 fits, and 3 splits of 4 points with a likelihood.
    expect(after.reused).toBe(18);
    for (const cell of before.cells) expect(cellAt(after, cell.model, cell.components)).toEqual(cell);
    const others = await select({ run: { restarts: 2, seed: 2 } });
    expect(others.reused).toBe(0);
    const rescored = await select({ validation: { kind: 'monteCarlo', splits: 2 } });
    expect(rescored.reused).toBe(9);
  });

  it('that is cancelled keeps what it has finished', async () => {
    const cancelling = new AbortController();
    const long = {
      run: { restarts: 200, tolerance: 0, maxIterations: 2000 },
      validation: { folds: 50, kind: 'folds' },
    };
    const summary = valueOf(
      await service.client.call(
        'selection.run',
        { table: table.table, specification: specification(long) },
        { signal: cancelling.signal, onEvent: (event) => event.kind === 'cell' && cancelling.abort() },
      ),
    );
    expect(summary.isComplete).toBe(false);
    const finished = summary.cells.filter(({ fit }) => fit !== null);
    expect(finished.length).toBeGreaterThan(0);
    expect(finished.length).toBeLessThan(summary.cells.length);
    const [{ model, components }] = finished;
    expect((await open(summary, { model, components })).restarts).toHaveLength(200);
    // And what was finished need not be done again.
    expect(
      (await select({ components: { from: 1, to: 1 }, run: long.run, validation: null })).reused,
    ).toBeGreaterThan(0);
  });

  it('that is cancelled with nothing finished has failed', async () => {
    const answer = await service.client.call(
      'selection.run',
      { table: table.table, specification: specification({ run: { restarts: 10_000, tolerance: 0 } }) },
      { signal: AbortSignal.abort() },
    );
    expect(answer).toEqual(failed({ kind: 'cancelled' }));
  });

  it('ends at its time limit with what it has', async () => {
    const run = { restarts: 500, tolerance: 0, maxIterations: 2000, timeLimitSeconds: 1 };
    const summary = await select({
      run,
      models: [{ family: 'gaussian' }],
      validation: { kind: 'leaveOneOut' },
    });
    expect(summary.isComplete).toBe(false);
  });

  it('can be paused, and goes on', async () => {
    const run = runId.parse('selection');
    let paused = false;
    const summary = valueOf(
      await service.client.call(
        'selection.run',
        { table: table.table, specification: specification(), run },
        {
          onEvent: () => {
            if (paused) return;
            paused = true;
            void service.client
              .call('fit.steer', { run, command: 'pause' })
              .then(() => service.client.call('fit.steer', { run, command: 'resume' }));
          },
        },
      ),
    );
    expect(summary.isComplete).toBe(true);
  });

  it('can be cancelled while it is paused', async () => {
    const run = runId.parse('selection');
    const cancelling = new AbortController();
    const long = {
      run: { restarts: 200, tolerance: 0, maxIterations: 2000 },
      validation: { kind: 'leaveOneOut' },
    };
    const summary = valueOf(
      await service.client.call(
        'selection.run',
        { table: table.table, specification: specification(long), run },
        {
          signal: cancelling.signal,
          onEvent: (event) => {
            if (event.kind === 'begun') return;
            void service.client.call('fit.steer', { run, command: 'pause' }).then(() => cancelling.abort());
          },
        },
      ),
    );
    expect(summary.isComplete).toBe(false);
  });

  it('marks a fit that failed, and does not open it', async () => {
    const few = await service.open('a,b\n1,2\n2,1\n3,5\n1,2\n2,1\n3,5\n');
    const given = {
      preparation: { features: ['a', 'b'] },
      models: [{ family: 'kmeans' }],
      components: { from: 3, to: 4 },
    };
    const summary = await select(given, undefined, service, few);
    expect(summary.cells.map(({ fit }) => fit?.outcome.kind)).toEqual(['fitted', 'failed']);
    const answer = await service.client.call('selection.open', {
      selection: summary.selection,
      point: { model: 0, components: 4 },
    });
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'fitFailed' } });
  });

  it('averages its models over rows', async () => {
    const summary = await select();
    const rows = Int32Array.of(0, 1, 149, 500);
    const { coMembership, logDensity } = valueOf(
      await service.client.call('selection.average', { selection: summary.selection, rows }),
    );
    expect(coMembership[1]).toBeGreaterThan(0.99);
    expect(coMembership[2]).toBeLessThan(0.01);
    expect(coMembership.subarray(12).every(Number.isNaN)).toBe(true);
    expect([...logDensity].map(Number.isNaN)).toEqual([false, false, false, true]);
  });

  it('is forgotten when it is asked to be, and with its table', async () => {
    const [first, second] = [await select(), await select()];
    const point = { model: 0, components: 1 };
    const reopen = ({ selection }: SelectionSummary) =>
      service.client.call('selection.open', { selection, point });
    await service.client.call('selection.forget', { selection: first.selection });
    expect(await reopen(first)).toEqual(failed({ kind: 'unknownSelection' }));
    expect((await reopen(second)).ok).toBe(true);
    await service.client.call('table.close', { table: table.table });
    expect(await reopen(second)).toEqual(failed({ kind: 'unknownSelection' }));
  });

  it('does not compare likelihoods of models that take the columns differently', async () => {
    const text = [
      'a,b',
      ...Array.from({ length: 60 }, (_, i) => `${i % 2},${(i * 7) % 3 === 0 ? 1 : 0}`),
    ].join('\n');
    const summary = await select(
      {
        preparation: { features: ['a', 'b'] },
        models: [{ family: 'bernoulli' }, { family: 'gaussian', covariance: 'EEI' }, { family: 'kmeans' }],
        components: { from: 1, to: 2 },
      },
      undefined,
      service,
      await service.open(text),
    );
    expect(summary.columnsAs).toEqual([0, 1, 1]);
    expect(new Set(summary.weights.map(({ model }) => model))).toEqual(new Set([0]));
  });

  it('refuses starts and folds that are not of the table', async () => {
    const refused = async (more: object): Promise<unknown> =>
      (await service.client.call('selection.run', {
        table: table.table,
        specification: specification(more),
      })) as unknown;
    expect(await refused({ validation: { kind: 'given', foldOfRow: [0, 1] } })).toMatchObject({
      failure: { kind: 'badRequest', path: 'validation.foldOfRow' },
    });
    expect(await refused({ starts: { 2: { labels: [0, 1] } } })).toMatchObject({
      failure: { kind: 'badRequest', path: 'start.labels' },
    });
  });
});
