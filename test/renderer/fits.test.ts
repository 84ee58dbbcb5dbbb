// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { createPinia, type Pinia } from 'pinia';
import { createApp, nextTick } from 'vue';
import { beforeEach, expect, test } from 'vitest';
import { serviceKey } from '../../renderer/client/service';
import { useFits } from '../../renderer/stores/fits';
import { useTables } from '../../renderer/stores/tables';
import { useWorkspace } from '../../renderer/stores/workspace';
import { FakeService } from './fakeService';
import { faithfulSpecification, faithfulSummary, faithfulTable, openTable } from './fitFixtures';

let service: FakeService;
let pinia: Pinia;
beforeEach(() => {
  service = new FakeService();
  pinia = createPinia();
  createApp({}).use(pinia).provide(serviceKey, service);
  useTables(pinia).summary = openTable();
});

const namesOf = (fits: ReturnType<typeof useFits>): string[] => fits.current!.signs.map(({ name }) => name);

async function finishFit(id: string): Promise<void> {
  const done = useFits(pinia).fit(faithfulTable, faithfulSpecification());
  const before = service.calls('fit.match').length;
  service.calls('fit.run').at(-1)!.answer(faithfulSummary(id));
  await flushPromises();
  for (const match of service.calls('fit.match').slice(before))
    match.answer({ earlier: Int32Array.of(1, 0) });
  await done;
}

test('a finished fit becomes the current one, its clusters named by their numbers', async () => {
  const fits = useFits(pinia);
  await finishFit('fit-1');
  await finishFit('fit-2');
  expect(fits.current?.summary.fit).toBe('fit-2');
  expect(fits.current?.number).toBe(2);
  expect(namesOf(fits)).toEqual(['Cluster 1', 'Cluster 2']);
});

test('a failed fit leaves the last result where it was', async () => {
  const fits = useFits(pinia);
  await finishFit('fit-1');
  const done = fits.fit(faithfulTable, faithfulSpecification());
  service.calls('fit.run').at(-1)!.fail({ kind: 'cancelled' });
  expect(await done).toBe(false);
  expect(fits.current?.summary.fit).toBe('fit-1');
  expect(fits.failure).toEqual({ kind: 'cancelled' });
});

test('a cluster keeps its given name, and an empty one gives back its number', async () => {
  const fits = useFits(pinia);
  await finishFit('fit-1');
  const id = fits.current!.summary.fit;
  fits.rename(id, 1, '  short waits ');
  expect(namesOf(fits)).toEqual(['Cluster 1', 'short waits']);
  fits.rename(id, 1, ' ');
  expect(namesOf(fits)).toEqual(['Cluster 1', 'Cluster 2']);
});

test('clusters of known rows are called what their label says, until a person names them', async () => {
  const fits = useFits(pinia);
  const done = fits.fit(faithfulTable, faithfulSpecification());
  service.calls('fit.run')[0].answer(faithfulSummary('fit-1', { labels: ['long'] }));
  await done;
  expect(namesOf(fits)).toEqual(['long', 'Cluster 2']);
  fits.rename(fits.current!.summary.fit, 0, 'Long waits');
  fits.rename(fits.current!.summary.fit, 0, '');
  expect(namesOf(fits)).toEqual(['long', 'Cluster 2']);
});

test('a refit keeps the colours and given names of the clusters it finds again', async () => {
  const fits = useFits(pinia);
  await finishFit('fit-1');
  fits.rename(fits.current!.summary.fit, 0, 'long waits');
  await finishFit('fit-2');
  expect(service.calls('fit.match')[0].body).toEqual({ earlier: 'fit-1', later: 'fit-2' });
  expect(fits.current!.signs).toEqual([
    { name: 'Cluster 1', identity: 1, isNamed: false },
    { name: 'long waits', identity: 0, isNamed: true },
  ]);
});

test('only the last eight fits are kept, and the service forgets the others', async () => {
  const fits = useFits(pinia);
  for (let i = 1; i <= 10; i++) await finishFit(`fit-${i}`);
  expect(fits.finished.map((one) => one.summary.fit)[0]).toBe('fit-3');
  expect(service.calls('fit.forget').map((call) => call.body.fit)).toEqual(['fit-1', 'fit-2']);
});

test('results and export open with the first fit and say why they are closed before', async () => {
  useFits(pinia);
  const workspace = useWorkspace(pinia);
  expect(workspace.blocked.results).toBe('Nothing has been fitted yet.');
  await finishFit('fit-1');
  expect(workspace.blocked.results).toBeNull();
  expect(workspace.blocked.export).toBeNull();
});

test('the status bar shows the fit while it runs, and cancelling there cancels it', async () => {
  const workspace = useWorkspace(pinia);
  const done = useFits(pinia).fit(faithfulTable, faithfulSpecification());
  expect(workspace.currentTask?.label).toBe('Fitting Gaussian mixture, full covariance (VVV), K = 2');
  workspace.cancelTask();
  const [call] = service.calls('fit.run');
  expect(call.signal?.aborted).toBe(true);
  call.answer(faithfulSummary());
  await done;
  expect(workspace.currentTask).toBeNull();
});

test('another table stops the fit under way and forgets the fits of the one before', async () => {
  const fits = useFits(pinia);
  await finishFit('fit-1');
  void fits.fit(faithfulTable, faithfulSpecification());
  useTables(pinia).summary = openTable('table-2');
  await nextTick();
  expect(fits.finished).toEqual([]);
  expect(fits.current).toBeNull();
  expect(fits.isRunning).toBe(false);
  expect(service.calls('fit.run').at(-1)!.signal?.aborted).toBe(true);
  expect(service.calls('fit.forget')).toHaveLength(1);
});

test('fits do not outlive the service that knew them, though a new one uses the same ids', async () => {
  const fits = useFits(pinia);
  await finishFit('fit-1');
  useTables(pinia).summary = openTable();
  await nextTick();
  expect(fits.finished).toEqual([]);
  await finishFit('fit-1');
  expect(fits.current?.number).toBe(2);
});

test('a failure that came with the loss of a table stays in sight', async () => {
  const fits = useFits(pinia);
  const done = fits.fit(faithfulTable, faithfulSpecification());
  service.calls('fit.run')[0].fail({ kind: 'serviceLost', reason: 'it crashed' });
  await done;
  useTables(pinia).summary = openTable('table-2');
  await nextTick();
  expect(fits.failure).toEqual({ kind: 'serviceLost', reason: 'it crashed' });
});
