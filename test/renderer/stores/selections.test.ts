// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { createPinia, type Pinia } from 'pinia';
import { createApp, nextTick } from 'vue';
import { beforeEach, expect, test } from 'vitest';
import { serviceKey } from '../../../renderer/client/service';
import { useFits } from '../../../renderer/stores/fits';
import { useSelections } from '../../../renderer/stores/selections';
import { useTables } from '../../../renderer/stores/tables';
import { useWorkspace } from '../../../renderer/stores/workspace';
import { selectionId } from '../../../shared/ids';
import {
  faithfulCells,
  faithfulSelection,
  faithfulSelectionSummary,
  unready,
} from '../../support/selectionFixtures';
import { FakeService } from '../fakeService';
import { faithfulSummary, faithfulTable, openTable } from '../fitFixtures';

let service: FakeService;
let pinia: Pinia;
beforeEach(() => {
  service = new FakeService();
  pinia = createPinia();
  createApp({}).use(pinia).provide(serviceKey, service);
  useTables(pinia).summary = openTable();
});

const chosen = { model: 0, components: 2 };

async function finishSelection(id = 'selection-1'): Promise<ReturnType<typeof useSelections>> {
  const selections = useSelections(pinia);
  const done = selections.compare(faithfulTable, faithfulSelection());
  service.calls('selection.run').at(-1)!.answer(faithfulSelectionSummary(id));
  await done;
  return selections;
}

/** Answers what opening asks for: the fit, and which clusters of the one before it has. */
async function answerOpening(id: string, match?: number[]): Promise<void> {
  service.calls('selection.open').at(-1)!.answer(faithfulSummary(id));
  await flushPromises();
  if (match)
    service
      .calls('fit.match')
      .at(-1)!
      .answer({ earlier: Int32Array.from(match) });
  await flushPromises();
}

test('a cell takes the place of what was known of its point before', () => {
  const selections = useSelections(pinia);
  void selections.compare(faithfulTable, faithfulSelection());
  const [run] = service.calls('selection.run');
  run.emit({ kind: 'cell', cell: { ...faithfulCells[0], heldOut: null } });
  run.emit({ kind: 'cell', cell: faithfulCells[1] });
  run.emit({ kind: 'cell', cell: faithfulCells[0] });
  expect(selections.findings.cells).toEqual([faithfulCells[0], faithfulCells[1]]);
  expect(selections.total).toBe(9);
  expect(selections.fitted).toBe(2);
});

test('the status bar counts the fits, and cancelling there keeps what is finished', async () => {
  const workspace = useWorkspace(pinia);
  const selections = useSelections(pinia);
  const done = selections.compare(faithfulTable, faithfulSelection());
  const [run] = service.calls('selection.run');
  run.emit({ kind: 'cell', cell: faithfulCells[0] });
  run.emit({ kind: 'progress', fraction: 0.25, elapsedMs: 100, remainingMs: 300 });
  await nextTick();
  expect(workspace.currentTask).toMatchObject({ fraction: 0.25, detail: '1 of 9 fits' });
  workspace.cancelTask();
  expect(run.signal?.aborted).toBe(true);
  expect(selections.isCancelling).toBe(true);
  run.answer(faithfulSelectionSummary('selection-1', { cells: [faithfulCells[0]], isComplete: false }));
  expect(await done).toBe(true);
  expect(workspace.currentTask).toBeNull();
  expect(selections.findings.cells).toEqual([faithfulCells[0]]);
});

test('pausing steers the run under way, by its own name', async () => {
  const selections = useSelections(pinia);
  void selections.compare(faithfulTable, faithfulSelection());
  const { run } = service.calls('selection.run')[0].body;
  void selections.steer('pause');
  expect(service.calls('fit.steer')[0].body).toEqual({ run, command: 'pause' });
  expect(selections.isPaused).toBe(true);
  void selections.steer('resume');
  expect(selections.isPaused).toBe(false);
});

test('a point opens in Results without fitting, and its clusters keep colours and names', async () => {
  const selections = await finishSelection();
  const fits = useFits(pinia);
  void selections.open(chosen);
  await answerOpening('fit-1');
  expect(useWorkspace(pinia).room).toBe('results');
  fits.rename(fits.current!.summary.fit, 0, 'long waits');
  void selections.open({ model: 0, components: 3 });
  await answerOpening('fit-2', [1, 0]);
  expect(fits.current!.signs).toEqual([
    { name: 'Cluster 1', identity: 1, isNamed: false },
    { name: 'long waits', identity: 0, isNamed: true },
  ]);
  expect(service.calls('fit.run')).toHaveLength(0);
});

test('a point that was opened is shown again without asking, until its fit is forgotten', async () => {
  const selections = await finishSelection();
  void selections.open(chosen);
  await answerOpening('fit-1');
  void selections.open({ model: 0, components: 3 });
  await answerOpening('fit-2', [0, 1]);
  await selections.open(chosen);
  expect(service.calls('selection.open')).toHaveLength(2);
  expect(useFits(pinia).current?.summary.fit).toBe('fit-1');
});

test.each([
  ['failed', { model: 1, components: 3 }, 'This fit failed, so there is nothing to open.'],
  ['was never reached', { model: 0, components: 9 }, 'There is no fit at this point'],
])('a point that %s says why it cannot be opened', async (_, point, words) => {
  const selections = await finishSelection();
  await selections.open(point);
  expect(service.calls('selection.open')).toHaveLength(0);
  expect(useWorkspace(pinia).message?.text).toContain(words);
});

test('a fit that has not converged can be opened all the same', async () => {
  const selections = await finishSelection();
  expect(selections.closedBecause({ model: 1, components: 1 })).toBeNull();
  expect(unready(faithfulCells[0]).fit?.outcome).toMatchObject({ stopped: 'iterationLimit' });
});

test('a point opens as soon as its fit is done, and is told its stability at the end', async () => {
  const selections = useSelections(pinia);
  const done = selections.compare(faithfulTable, faithfulSelection());
  const [run] = service.calls('selection.run');
  const selection = selectionId.parse('selection-1');
  run.emit({ kind: 'begun', selection });
  await selections.open(chosen);
  expect(useWorkspace(pinia).message?.text).toBe('This fit is not done yet.');
  const cell = faithfulCells.find(({ model, components }) => model === 0 && components === 2)!;
  run.emit({ kind: 'cell', cell: { ...cell, heldOut: null, stability: null } });
  void selections.open(chosen);
  expect(service.calls('selection.open')[0].body).toEqual({ selection, point: chosen });
  await answerOpening('fit-1');
  expect(useWorkspace(pinia).room).toBe('results');
  expect(selections.isRunning).toBe(true);
  expect(useFits(pinia).current!.stability).toBeNull();
  const stability = Float64Array.of(0.9, 0.8);
  run.answer(faithfulSelectionSummary('selection-1', { cells: [{ ...cell, stability }] }));
  await done;
  expect(useFits(pinia).current!.stability).toEqual(stability);
});

test('rows for the average are those of the chosen fit, which is forgotten with the comparison unless it is shown', async () => {
  const selections = await finishSelection();
  const average = selections.averageRows();
  service.calls('selection.open')[0].answer(faithfulSummary('fit-1'));
  await flushPromises();
  const row = Int32Array.of(3, 200);
  const [sample] = service.calls('fit.sample');
  expect(sample.body.fit).toBe('fit-1');
  sample.answer({ row, cluster: Int32Array.of(0, 1), values: new Float64Array(4), total: 272 });
  await flushPromises();
  const [averaging] = service.calls('selection.average');
  expect(averaging.body.rows).toEqual(row);
  averaging.answer({ coMembership: Float64Array.of(1, 0.2, 0.2, 1), logDensity: new Float64Array(2) });
  expect(await average).toMatchObject({
    ok: true,
    value: { row, total: 272, signs: [{ name: 'Cluster 1' }, {}] },
  });
  expect(useWorkspace(pinia).room).not.toBe('results');
  void selections.compare(faithfulTable, faithfulSelection());
  await nextTick();
  expect(service.calls('fit.forget').map(({ body }) => body.fit)).toEqual(['fit-1']);
});

test('a comparison that another one takes the place of is forgotten in its turn', async () => {
  const selections = useSelections(pinia);
  void selections.compare(faithfulTable, faithfulSelection());
  service.calls('selection.run')[0].emit({ kind: 'begun', selection: selectionId.parse('selection-0') });
  await nextTick();
  for (let i = 1; i <= 4; i++) await finishSelection(`selection-${i}`);
  expect(service.calls('selection.forget').map(({ body }) => body.selection)).toEqual(['selection-0']);
});

test('an older comparison is forgotten only after some more, so that the next can take over from it', async () => {
  for (let i = 1; i <= 5; i++) await finishSelection(`selection-${i}`);
  expect(service.calls('selection.forget').map(({ body }) => body.selection)).toEqual(['selection-1']);
});

test('what an older run still sends is dropped', async () => {
  const selections = useSelections(pinia);
  const first = selections.compare(faithfulTable, faithfulSelection());
  void selections.compare(faithfulTable, faithfulSelection());
  const [older] = service.calls('selection.run');
  expect(older.signal?.aborted).toBe(true);
  older.emit({ kind: 'cell', cell: faithfulCells[0] });
  older.answer(faithfulSelectionSummary());
  expect(await first).toBe(false);
  expect(selections.findings.cells).toEqual([]);
  expect(selections.isRunning).toBe(true);
});

test('another table stops the comparison and forgets what was found', async () => {
  const selections = await finishSelection();
  void selections.compare(faithfulTable, faithfulSelection());
  useTables(pinia).summary = openTable('table-2');
  await nextTick();
  expect(service.calls('selection.run').at(-1)!.signal?.aborted).toBe(true);
  expect(service.calls('selection.forget')).toHaveLength(1);
  expect(selections.underWay).toBeNull();
});
