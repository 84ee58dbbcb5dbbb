// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, test } from 'vitest';
import ResultsPage from '../../../renderer/pages/ResultsPage.vue';
import { useFits } from '../../../renderer/stores/fits';
import { useRowSelection } from '../../../renderer/stores/rowSelection';
import { useTables } from '../../../renderer/stores/tables';
import { useWorkspace } from '../../../renderer/stores/workspace';
import type { BorderlineRow } from '../../../shared/results';
import { faithfulSpecification, faithfulSummary, faithfulTable, openTable } from '../fitFixtures';
import { mountPage, type MountedPage } from '../pages/mountPage';
import { column } from '../support/tableFixtures';

let mounted: MountedPage | null = null;
afterEach(() => mounted?.wrapper.unmount());

async function withFits(count = 1): Promise<MountedPage> {
  const table = openTable();
  const columns = [...table.columns, column({ index: 2, name: 'kind', type: 'category', distinct: 2 })];
  const page = await mountPage(ResultsPage, { ...table, columns });
  mounted = page;
  for (let fit = 1; fit <= count; fit++) {
    const done = useFits(page.pinia).fit(faithfulTable, faithfulSpecification());
    const matches = page.service.calls('fit.match').length;
    page.service
      .calls('fit.run')
      .at(-1)!
      .answer(faithfulSummary(`fit-${fit}`));
    await flushPromises();
    for (const match of page.service.calls('fit.match').slice(matches))
      match.answer({ earlier: Int32Array.of(0, 1) });
    await done;
  }
  await flushPromises();
  return page;
}

const tab = ({ wrapper }: MountedPage, label: string) =>
  wrapper.findAll('[role=tab]').find((one) => one.text() === label)!;
async function show(page: MountedPage, label: string): Promise<void> {
  await tab(page, label).trigger('click');
  await flushPromises();
}
const button = ({ wrapper }: MountedPage, label: string) =>
  wrapper.findAll('button').find((one) => one.text() === label || one.attributes('aria-label') === label)!;

test('tabs are walked with the arrows, and the one chosen stays when the room is left', async () => {
  const page = await withFits();
  await tab(page, 'Overview').trigger('keydown', { key: 'ArrowRight' });
  expect(tab(page, 'Clusters and features').attributes('aria-selected')).toBe('true');
  await tab(page, 'Clusters and features').trigger('keydown', { key: 'Home' });
  expect(tab(page, 'Overview').attributes()).toMatchObject({ 'aria-selected': 'true', tabindex: '0' });
  expect(tab(page, 'Compare').attributes('tabindex')).toBe('-1');
});

describe('clusters and features', () => {
  const separation = {
    clusterBits: 0.94,
    features: [
      { feature: 1, bits: 0.91 },
      { feature: 0, bits: 0.72 },
    ],
    overallQuartiles: Float64Array.of(2.16, 4, 4.45, 58, 76, 82),
    quartiles: [Float64Array.of(4.1, 4.3, 4.6, 76, 80, 84), Float64Array.of(1.8, 2, 2.2, 50, 54, 59)],
  };

  test('the profile is there at once, and its features change places when their bits are known', async () => {
    const page = await withFits();
    await show(page, 'Clusters and features');
    const features = () =>
      page.wrapper.findAll('[aria-label="Profile of the clusters"] tbody th').map((one) => one.text());
    expect(features()).toEqual(['eruptions', 'waiting']);
    page.service.calls('fit.separation')[0].answer(separation);
    await flushPromises();
    expect(features()).toEqual(['waiting', 'eruptions']);
    expect(page.wrapper.find('[aria-label="Profile of the clusters"]').text()).toContain('0.91');
    expect(page.wrapper.text()).toContain('of 0.94 there are to tell');
  });

  test('a rule is said with its precision, its recall and its rows, and selects the rows it holds for', async () => {
    const page = await withFits();
    await show(page, 'Clusters and features');
    const conditions = [{ kind: 'range' as const, feature: 1, from: 67.5, below: null }];
    page.service.calls('fit.rules')[0].answer({
      rules: [{ conditions, precision: 0.98, recall: 0.957 }, null],
      foundOn: 136,
      measuredOn: 136,
      isHeldOut: true,
    });
    await flushPromises();
    const rules = page.wrapper.find('[aria-label="Rules of the clusters"]').text();
    expect(rules).toMatch(/Cluster 1\s*waiting ≥ 67.5\s*98 %\s*95.7 %/);
    expect(rules).toContain('No short rule tells its rows from the others');
    expect(rules).toContain('Found on 136 rows drawn at random within each cluster, measured on 136 others.');
    await button(page, 'Select rows that the rule of Cluster 1 holds for').trigger('click');
    const [asked] = page.service.calls('fit.rowsWhere');
    expect(asked.body).toEqual({ fit: 'fit-1', cluster: null, conditions });
    asked.answer({ row: Int32Array.of(3, 5) });
    await flushPromises();
    expect([...useRowSelection(page.pinia).rows()]).toEqual([3, 5]);
    expect(useWorkspace(page.pinia).message?.text).toBe('2 rows selected.');
  });

  test('a failure is said where the answer would be', async () => {
    const page = await withFits();
    await show(page, 'Clusters and features');
    page.service.calls('fit.rules')[0].fail({ kind: 'unknownFit' });
    await flushPromises();
    expect(page.wrapper.find('[role=alert]').text()).toContain('not in memory any more');
  });
});

describe('rows', () => {
  const doubtful = (row: number, change: Partial<BorderlineRow> = {}): BorderlineRow => ({
    row,
    cluster: 0,
    second: 1,
    margin: 0.1,
    probability: 0.55,
    secondProbability: 0.45,
    move: { feature: 1, from: 66, to: 65.2 },
    ...change,
  });

  test('in doubt are listed with what would move them, walked with the arrows and selected with Enter', async () => {
    const page = await withFits();
    await show(page, 'Rows');
    expect(page.service.calls('fit.borderline')[0].body).toEqual({
      fit: 'fit-1',
      cluster: null,
      first: 0,
      count: 50,
    });
    page.service
      .calls('fit.borderline')[0]
      .answer({ listed: 120, doubtful: 2, rows: [doubtful(11), doubtful(7, { move: null })] });
    await flushPromises();
    expect(page.wrapper.text()).toContain(
      '2 of 272 rows (0.7 %) belong to their cluster with a probability below 0.8',
    );
    const list = page.wrapper.find('[aria-label="Borderline rows"]');
    const rows = list.findAll('tbody tr');
    expect(rows[0].text()).toMatch(/12\s*Cluster 1\s*0.550\s*Cluster 2\s*0.450\s*0.100\s*waiting: 66 → 65.2/);
    expect(rows[1].text()).toContain('no single cell');
    await list.trigger('keydown', { key: 'ArrowDown' });
    await list.trigger('keydown', { key: 'Enter' });
    const selection = useRowSelection(page.pinia);
    expect([...selection.rows()]).toEqual([7]);
    await rows[0].trigger('click', { ctrlKey: true });
    expect([...selection.rows()]).toEqual([7, 11]);
    expect(rows.map((row) => row.attributes('aria-selected'))).toEqual(['true', 'true']);
    expect(page.wrapper.text()).toContain('2 rows of 272 selected');
  });

  test('further down are asked for page by page, and of one cluster from its first', async () => {
    const page = await withFits();
    await show(page, 'Rows');
    const answer = { listed: 120, doubtful: 0, rows: [doubtful(11)] };
    page.service.calls('fit.borderline')[0].answer(answer);
    await flushPromises();
    const pages = page.wrapper.find('[aria-label="Pages of borderline rows"]');
    expect(pages.text()).toContain('1 to 50 of 120');
    await pages.findAll('button')[1].trigger('click');
    await flushPromises();
    expect(page.service.calls('fit.borderline')[1].body.first).toBe(50);
    page.service.calls('fit.borderline')[1].answer(answer);
    await flushPromises();
    await page.wrapper.find('select[aria-label="Rows of"]').setValue('1');
    await flushPromises();
    expect(page.service.calls('fit.borderline').at(-1)?.body).toMatchObject({ cluster: 1, first: 0 });
  });
});

describe('a comparison', () => {
  const comparison = {
    groups: ['long', 'short'],
    counts: Float64Array.of(170, 5, 2, 95),
    rows: 272,
    rowsWithout: 0,
    match: Int32Array.of(0, 1),
    agreement: 265 / 272,
    adjustedRandIndex: 0.897,
    normalisedMutualInformation: 0.83,
  };

  test('with a column shows the table, the indices and the rows that differ; a cell selects its rows', async () => {
    const page = await withFits();
    await show(page, 'Compare');
    expect(page.wrapper.text()).toContain('shows how well the clusters meet it');
    await page.wrapper.find('select[aria-label="Compare with"]').setValue('column kind');
    await flushPromises();
    const comparand = { kind: 'column', column: 'kind' };
    expect(page.service.calls('fit.compare')[0].body).toEqual({ fit: 'fit-1', with: comparand });
    page.service.calls('fit.compare')[0].answer(comparison);
    await flushPromises();
    expect(page.wrapper.text()).toMatch(/adjusted Rand index\s*0.897/);
    expect(page.wrapper.text()).toMatch(/rows that go together\s*97.4 %/);
    page.service.calls('fit.comparedRows')[0].answer({
      total: 7,
      row: Int32Array.of(20),
      cluster: Int32Array.of(0),
      group: Int32Array.of(1),
    });
    await flushPromises();
    expect(page.wrapper.find('[aria-label="Rows that differ"] tbody').text()).toMatch(
      /21\s*short\s*Cluster 1/,
    );
    await button(page, '2 · 1.2 % of long in Cluster 2. Select the rows.').trigger('click');
    expect(page.service.calls('fit.comparedRows').at(-1)?.body).toMatchObject({
      with: comparand,
      cell: { cluster: 1, group: 0 },
    });
  });

  test('with another run uses the name that run was given, and ends when it is forgotten', async () => {
    const page = await withFits(2);
    await show(page, 'Compare');
    await page.wrapper.find('select[aria-label="Compare with"]').setValue('fit fit-1');
    await flushPromises();
    page.service.calls('fit.compare')[0].answer({ ...comparison, groups: ['1', '2'] });
    await flushPromises();
    const name = page.wrapper.find('input[aria-label="Name of Fit 1"]');
    await name.setValue('coarse');
    await name.trigger('change');
    expect(page.wrapper.find('[aria-label="Clusters and coarse"]').exists()).toBe(true);
    expect(page.wrapper.find('h3').text()).toBe('Rows that moved');
    await button(page, 'Forget coarse').trigger('click');
    await flushPromises();
    expect(page.wrapper.find('[aria-label="Clusters and coarse"]').exists()).toBe(false);
    expect(page.service.calls('fit.forget').map(({ body }) => body.fit)).toEqual(['fit-1']);
  });

  test('another run can be shown from the list', async () => {
    const page = await withFits(2);
    await show(page, 'Compare');
    expect(useFits(page.pinia).current?.summary.fit).toBe('fit-2');
    await button(page, 'Open Fit 1').trigger('click');
    expect(useFits(page.pinia).current?.summary.fit).toBe('fit-1');
  });

  test('another table begins anew', async () => {
    const page = await withFits();
    await show(page, 'Compare');
    await page.wrapper.find('select[aria-label="Compare with"]').setValue('column kind');
    useTables(page.pinia).summary = openTable('table-2');
    await flushPromises();
    expect(page.wrapper.text()).toContain('No result yet');
  });
});
