// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, test } from 'vitest';
import ExportPage from '../../../renderer/pages/ExportPage.vue';
import ResultsPage from '../../../renderer/pages/ResultsPage.vue';
import { useFits } from '../../../renderer/stores/fits';
import type { FitSummary } from '../../../shared/fit';
import {
  faithfulPoints,
  faithfulSpecification,
  faithfulSummary,
  faithfulTable,
  openTable,
} from '../fitFixtures';
import { mountPage, savingDesktop, type MountedPage } from './mountPage';

let mounted: MountedPage | null = null;
afterEach(() => mounted?.wrapper.unmount());

async function withFit(
  page: typeof ResultsPage | typeof ExportPage,
  summary: FitSummary = faithfulSummary(),
  isChosen = true,
): Promise<MountedPage> {
  mounted = await mountPage(page, openTable(), savingDesktop(isChosen));
  const done = useFits(mounted.pinia).fit(faithfulTable, faithfulSpecification());
  mounted.service.calls('fit.run').at(-1)!.answer(summary);
  await done;
  await flushPromises();
  return mounted;
}

test('the results give rows, criteria with their direction, and how the run went', async () => {
  const { wrapper } = await withFit(ResultsPage);
  const text = wrapper.text();
  expect(text).toContain('Gaussian mixture, full covariance (VVV), K = 2');
  expect(text).toMatch(/log-likelihood\s*-1130\.264\s*\(higher is better\)/);
  expect(text).toMatch(/BIC\s*2322\.192\s*\(lower is better\)/);
  expect(text).toMatch(/rows\s*272\s*all used/);
  expect(text).toContain('converged after 2 iterations · best optimum reached by 1 of 2 starts · seed 1');
});

test('rows left out are said beside the rows used', async () => {
  const { wrapper } = await withFit(
    ResultsPage,
    faithfulSummary('fit-1', { rowsUsed: 260, rowsLeftOut: 12 }),
  );
  expect(wrapper.text()).toMatch(/rows\s*260\s*12 left out/);
});

test('a cluster can be named, and the profile and the export use the name', async () => {
  const { wrapper, service, pinia } = await withFit(ResultsPage);
  const input = wrapper.find('input[aria-label="Name of cluster 1"]');
  expect((input.element as HTMLInputElement).value).toBe('Cluster 1');
  await input.setValue('long waits');
  await input.trigger('change');
  await showTab(wrapper, 'Clusters and features');
  expect(wrapper.find('[aria-label="Profile of the clusters"]').text()).toContain('long waits');
  expect(useFits(pinia).current?.signs.map(({ name }) => name)).toEqual(['long waits', 'Cluster 2']);
  expect(service.calls('fit.memberships')).toHaveLength(0);
});

test('memberships are asked for the points in sight, once these are there', async () => {
  const { service } = await withFit(ResultsPage);
  service.calls('table.scatter').at(-1)!.answer(faithfulPoints());
  await flushPromises();
  expect(service.calls('fit.memberships').map((call) => Array.from(call.body.rows))).toEqual([[0, 1, 2]]);
});

test('something that happened in the run is said at the head of the results', async () => {
  const { wrapper } = await withFit(
    ResultsPage,
    faithfulSummary('fit-1', { notices: [{ kind: 'ridgeActive', ridge: 0.001 }] }),
  );
  expect(wrapper.text()).toContain('A ridge of 0.001 was added to every variance');
});

async function showTab(wrapper: MountedPage['wrapper'], label: string): Promise<void> {
  await wrapper
    .findAll('[role=tab]')
    .find((tab) => tab.text() === label)!
    .trigger('click');
  await flushPromises();
}

const saveButtons = ({ wrapper }: MountedPage) =>
  wrapper.findAll('button').filter((button) => button.text().startsWith('Save as…'));

test('rows are written with the names of the clusters, and what was written is said', async () => {
  const page = await withFit(ExportPage);
  useFits(page.pinia).rename(faithfulSummary().fit, 0, 'long waits');
  await flushPromises();
  await saveButtons(page)[0].trigger('click');
  await flushPromises();
  const [call] = page.service.calls('export.rows');
  expect(call.body).toEqual({
    fit: 'fit-1',
    file: 'grant-save',
    clusterNames: ['long waits', 'Cluster 2'],
  });
  call.emit({ kind: 'progress', rows: 136, totalRows: 272 });
  await flushPromises();
  expect(page.wrapper.find('[role=progressbar]').attributes('aria-valuenow')).toBe('50');
  call.answer({ bytes: 9123, rows: 272 });
  await flushPromises();
  expect(page.wrapper.text()).toContain('272 rows, 9.1 kB written to saved.csv');
});

test('a file that could not be written is said in words, and can be tried again', async () => {
  const page = await withFit(ExportPage);
  await saveButtons(page)[1].trigger('click');
  await flushPromises();
  page.service.calls('export.model')[0].fail({
    kind: 'notWritten',
    file: 'saved.json',
    problem: 'the disk is full',
  });
  await flushPromises();
  expect(page.wrapper.find('[role=alert]').text()).toContain('the disk is full');
  expect(saveButtons(page)[1].attributes('aria-disabled')).toBeUndefined();
});

test('the settings of a fit are written as a job, with how the file was read', async () => {
  const page = await withFit(ExportPage);
  await saveButtons(page)[2].trigger('click');
  await flushPromises();
  expect(page.service.calls('export.job')[0].body).toEqual({ fit: 'fit-1', file: 'grant-save', import: {} });
});

test('nothing is written when the person changes their mind', async () => {
  const page = await withFit(ExportPage, faithfulSummary(), false);
  await saveButtons(page)[0].trigger('click');
  await flushPromises();
  expect(page.service.calls('export.rows')).toHaveLength(0);
  expect(page.wrapper.find('[role=progressbar]').exists()).toBe(false);
});
