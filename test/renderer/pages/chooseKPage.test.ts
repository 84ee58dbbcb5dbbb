// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, test } from 'vitest';
import ChooseKPage from '../../../renderer/pages/ChooseKPage.vue';
import { useModelDraft } from '../../../renderer/stores/modelDraft';
import { useTables } from '../../../renderer/stores/tables';
import { useWorkspace } from '../../../renderer/stores/workspace';
import type { SelectionSummary } from '../../../shared/selection';
import {
  failedCell,
  faithfulCells,
  faithfulSelectionSummary,
  fittedCell,
} from '../../support/selectionFixtures';
import { openTable } from '../fitFixtures';
import { mountPage, type MountedPage } from './mountPage';

let mounted: MountedPage | null = null;
afterEach(() => mounted?.wrapper.unmount());

async function openPage(): Promise<MountedPage> {
  mounted = await mountPage(ChooseKPage, openTable());
  return mounted;
}

const button = ({ wrapper }: MountedPage, start: string) =>
  wrapper.findAll('button').find((one) => one.text().startsWith(start))!;

/** A comparison of the models of the fixture, ended. */
async function openFinished(change: Partial<SelectionSummary> = {}): Promise<MountedPage> {
  const page = await openPage();
  await button(page, 'Compare').trigger('click');
  await flushPromises();
  const [run] = page.service.calls('selection.run');
  const { models } = run.body.specification;
  const cells = models.flatMap((_, model) => [
    fittedCell(model, 1, { bic: 2600 + model }, -4.7),
    fittedCell(model, 2, { bic: 2320 + model }, -4.2),
    model === 1 ? failedCell(1, 3) : fittedCell(model, 3, { bic: 2314 + model }, -4.19),
  ]);
  run.answer(
    faithfulSelectionSummary('selection-1', {
      specification: run.body.specification,
      columnsAs: models.map(() => 0),
      cells,
      ...change,
    }),
  );
  await flushPromises();
  return page;
}

const rowOf = ({ wrapper }: MountedPage, name: string) =>
  wrapper.findAll('tbody tr').find((row) => row.text().startsWith(name))!;

test('before the first comparison the page says what it will do, and its button does it', async () => {
  const page = await openPage();
  expect(page.wrapper.find('.empty').text()).toContain('How many clusters are there');
  await page.wrapper.find('.empty button').trigger('click');
  await flushPromises();
  expect(page.service.calls('selection.run')[0].body).toMatchObject({
    table: 'table-1',
    specification: { preparation: { features: ['eruptions', 'waiting'] }, components: { from: 1 } },
  });
});

test('without features it leads to the room where they are chosen', async () => {
  const page = await openPage();
  useTables(page.pinia).setRoles(['eruptions', 'waiting'], 'ignore');
  await flushPromises();
  await page.wrapper.find('.empty button').trigger('click');
  expect(useWorkspace(page.pinia).room).toBe('start');
  expect(page.wrapper.text()).toContain('No features chosen');
});

test('known clusters of a single fit take no part, and that is said', async () => {
  const page = await openPage();
  expect(page.wrapper.text()).not.toContain('take no part');
  const draft = useModelDraft(page.pinia);
  draft.setOption(
    draft.shownOptions.find(({ name }) => name === 'labels')!,
    'waiting',
  );
  await flushPromises();
  expect(page.wrapper.text()).toContain('The known clusters in "waiting" take no part here');
});

test('the average of the models is asked for when it is unfolded, and a failure is said there', async () => {
  const page = await openFinished({
    weights: [
      { model: 0, components: 2, weight: 0.9 },
      { model: 0, components: 3, weight: 0.1 },
    ],
  });
  expect(page.service.calls('selection.open')).toHaveLength(0);
  const fold = page.wrapper
    .findAll('details')
    .find((one) => one.text().includes('Which rows belong together'))!;
  (fold.element as HTMLDetailsElement).open = true;
  await fold.trigger('toggle');
  page.service.calls('selection.open')[0].fail({ kind: 'unknownSelection' });
  await flushPromises();
  expect(fold.find('[role="alert"]').exists()).toBe(true);
});

test('the shortcut compares what the form says', async () => {
  const page = await openPage();
  const labelled = page.wrapper.findAll('label').find((one) => one.text() === 'to')!;
  await page.wrapper.find(`#${labelled.attributes('for')}`).setValue('4');
  useWorkspace(page.pinia).command('fit');
  await flushPromises();
  expect(page.service.calls('selection.run')[0].body.specification).toMatchObject({
    components: { from: 1, to: 4 },
  });
});

test('cells appear while it runs, with the time that is left, and can be paused and stopped', async () => {
  const page = await openPage();
  await button(page, 'Compare').trigger('click');
  await flushPromises();
  const [run] = page.service.calls('selection.run');
  expect(page.wrapper.text()).toContain('Comparing…');
  run.emit({ kind: 'cell', cell: faithfulCells[0] });
  run.emit({ kind: 'progress', fraction: 0.1, elapsedMs: 1000, remainingMs: 9000 });
  await flushPromises();
  expect(page.wrapper.text()).toContain('about 9.0 s left');
  await button(page, 'Pause').trigger('click');
  expect(page.wrapper.text()).toContain('Paused');
  await button(page, 'Go on').trigger('click');
  await button(page, 'Cancel').trigger('click');
  expect(run.signal?.aborted).toBe(true);
  expect(page.wrapper.text()).toContain('Keeping what is finished…');
});

test('the verdict is the headline, its reason below it, and its button opens the chosen fit', async () => {
  const page = await openFinished();
  expect(page.wrapper.find('h1').text()).toBe('2 clusters.');
  expect(page.wrapper.text()).toContain('best at 3, but 2 is within one paired standard error');
  await button(page, 'Show these clusters').trigger('click');
  expect(page.service.calls('selection.open')[0].body).toEqual({
    selection: 'selection-1',
    point: { model: 0, components: 2 },
  });
});

test('the table marks the best of each criterion and the chosen point, and says why a fit failed', async () => {
  const page = await openFinished();
  const names = page.service.calls('selection.run')[0].body.specification.models;
  expect(names.length).toBeGreaterThan(1);
  const rows = page.wrapper.findAll('tbody tr');
  expect(rows.some((row) => row.text().includes('chosen') && row.text().startsWith('K = 2'))).toBe(true);
  expect(rows.some((row) => row.text().includes('best 2314.000'))).toBe(true);
  const failed = rows.find((row) => row.text().includes('failed:'))!;
  expect(failed.find('button').attributes('title')).toBe('This fit failed, so there is nothing to open.');
  const heads = page.wrapper.findAll('th[scope=col]').map((head) => head.text());
  expect(heads).toContain('BIClower is better');
});

test('rows of the table are walked by arrow keys, and Enter on one opens its fit', async () => {
  const page = await openFinished();
  const buttons = page.wrapper.findAll<HTMLButtonElement>('button.open');
  expect(buttons.filter((one) => one.attributes('tabindex') === '0')).toHaveLength(1);
  buttons[0].element.focus();
  await buttons[0].trigger('keydown', { key: 'ArrowDown' });
  await flushPromises();
  expect(document.activeElement).toBe(buttons[1].element);
  await buttons[1].trigger('keydown', { key: 'End' });
  await flushPromises();
  expect(document.activeElement).toBe(buttons.at(-1)!.element);
  await buttons[1].trigger('click');
  expect(page.service.calls('selection.open')[0].body.point).toEqual({ model: 1, components: 1 });
});

test('arrow keys on the chart walk from point to point and Enter opens the fit there', async () => {
  const page = await openFinished();
  const chart = page.wrapper.find('[role=img]');
  await chart.trigger('keydown', { key: 'ArrowRight' });
  await chart.trigger('keydown', { key: 'ArrowRight' });
  expect(page.wrapper.find('.figure [role=status]').text()).toContain('K = 3');
  await chart.trigger('keydown', { key: 'Enter' });
  expect(page.service.calls('selection.open')[0].body.point).toEqual({ model: 0, components: 3 });
});

test('a small chart is shown large when its name is clicked, and its formula is said on focus', async () => {
  const page = await openFinished();
  const name = button(page, 'BIC');
  await name.trigger('focus');
  expect(page.wrapper.text()).toContain('BIC: -2 log-likelihood + parameters x ln(rows)');
  await name.trigger('click');
  expect(page.wrapper.find('h2').exists()).toBe(true);
  expect(page.wrapper.findAll('h2').map((one) => one.text())).toContain('BIC (lower is better)');
});

test('settings that have changed since are said, and comparing again takes them', async () => {
  const page = await openFinished();
  expect(page.wrapper.text()).not.toContain('have changed since');
  const labelled = page.wrapper.findAll('label').find((one) => one.text() === 'to')!;
  await page.wrapper.find(`#${labelled.attributes('for')}`).setValue('3');
  await flushPromises();
  expect(page.wrapper.text()).toContain('have changed since');
  await button(page, 'Compare again').trigger('click');
  await flushPromises();
  expect(page.service.calls('selection.run')[1].body.specification.components).toEqual({ from: 1, to: 3 });
});

test('a cancelled comparison shows what was finished and says that it was stopped', async () => {
  const page = await openFinished({ isComplete: false });
  expect(page.wrapper.text()).toContain('cancelled before it was complete');
  expect(rowOf(page, 'K = 2')).toBeDefined();
});

test('a comparison that failed says why, and can be made again', async () => {
  const page = await openPage();
  await button(page, 'Compare').trigger('click');
  await flushPromises();
  page.service.calls('selection.run')[0].fail({ kind: 'constantColumn', column: 'waiting', value: 3 });
  await flushPromises();
  expect(page.wrapper.text()).toContain('Column "waiting" is 3 in every row used');
  expect(page.wrapper.find('table').exists()).toBe(false);
  await button(page, 'Compare again').trigger('click');
  await flushPromises();
  expect(page.service.calls('selection.run')).toHaveLength(2);
});

test('weights add up to the whole, the many small ones together', async () => {
  const page = await openFinished();
  const section = page.wrapper.find('section[aria-labelledby=weights-title]');
  expect(section.findAll('tr').map((row) => row.find('td.number').text())).toEqual(['93 %', '5 %', '2 %']);
});
