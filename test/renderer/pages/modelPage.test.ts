// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, test } from 'vitest';
import ModelPage from '../../../renderer/pages/ModelPage.vue';
import { useWorkspace } from '../../../renderer/stores/workspace';
import { fitSpecification } from '../../../shared/fit';
import { faithfulPoints, faithfulSummary, openTable, progressEvent } from '../fitFixtures';
import { mountPage, type MountedPage } from './mountPage';

let mounted: MountedPage | null = null;
afterEach(() => mounted?.wrapper.unmount());

async function openModel(left = 0): Promise<MountedPage> {
  mounted = await mountPage(ModelPage, openTable('table-1', left));
  mounted.service.calls('table.scatter').at(-1)!.answer(faithfulPoints(left));
  await flushPromises();
  return mounted;
}

async function setNumber({ wrapper }: MountedPage, label: string, text: string): Promise<void> {
  const labelled = wrapper.findAll('label').find((one) => one.text() === label)!;
  await wrapper.find(`#${labelled.attributes('for')}`).setValue(text);
}

const fitButton = ({ wrapper }: MountedPage) =>
  wrapper.findAll('button').find((button) => button.text().startsWith('Fit'))!;

test('Fit sends what the form says', async () => {
  const page = await openModel();
  await setNumber(page, 'Number of clusters', '2');
  await fitButton(page).trigger('click');
  await flushPromises();
  expect(page.service.calls('fit.run')[0].body).toMatchObject({
    table: 'table-1',
    specification: fitSpecification.parse({
      preparation: { features: ['eruptions', 'waiting'] },
      model: { family: 'gaussian', components: 2, covariance: 'VVV' },
      run: {},
    }),
  });
});

test('the menu fits too, and a k-means has no covariance to choose', async () => {
  const page = await openModel();
  await page.wrapper.findAll('input[type=radio]').at(1)!.setValue();
  expect(page.wrapper.text()).not.toContain('Shape of clusters');
  useWorkspace(page.pinia).command('fit');
  await flushPromises();
  expect(page.service.calls('fit.run')[0].body.specification).toMatchObject({
    model: { family: 'kmeans', components: 3 },
    start: { method: 'kmeans++' },
  });
});

test('a family that does not suit can be reached and says why, but not be chosen', async () => {
  const page = await openModel();
  const radio = page.wrapper.get<HTMLInputElement>('input[type=radio][aria-disabled=true]');
  expect(radio.attributes('disabled')).toBeUndefined();
  expect(page.wrapper.get(`#${radio.attributes('aria-describedby')}`).text()).toMatch(/eruptions|waiting/);
  radio.element.click();
  await flushPromises();
  expect(radio.element.checked).toBe(false);
  await fitButton(page).trigger('click');
  await flushPromises();
  expect(page.service.calls('fit.run')[0].body.specification.model.family).toBe('gaussian');
});

test.each([
  ['0', 'At least 1.'],
  ['2.5', 'Enter a whole number.'],
  ['273', 'There are 272 rows for 273 clusters: ask for fewer.'],
])('%s clusters are refused beside the field, before fitting', async (text, words) => {
  const page = await openModel();
  await setNumber(page, 'Number of clusters', text);
  expect(page.wrapper.text()).toContain(words);
  expect(fitButton(page).attributes('aria-disabled')).toBe('true');
  await fitButton(page).trigger('click');
  useWorkspace(page.pinia).command('fit');
  await flushPromises();
  expect(page.service.calls('fit.run')).toHaveLength(0);
});

test('rows that are left out for a missing cell are counted before fitting, rows that are kept are not', async () => {
  const page = await openModel(12);
  expect(page.wrapper.text()).not.toContain('left out');
  expect(page.wrapper.text()).toContain('12 more lack a number');
  const label = page.wrapper.findAll('label').find((one) => one.text() === 'Missing cells')!;
  await page.wrapper.find(`#${label.attributes('for')}`).setValue('dropRows');
  await flushPromises();
  page.service.calls('table.scatter').at(-1)!.answer(faithfulPoints(12));
  await flushPromises();
  expect(page.wrapper.text()).toContain('12 of 272 rows have a missing cell and are left out.');
});

test('a fit can go on where another ended, in another way, as long as its model has as many clusters', async () => {
  const page = await openModel();
  const button = (words: string) => page.wrapper.findAll('button').find((one) => one.text() === words);
  await setNumber(page, 'Number of clusters', '2');
  await fitButton(page).trigger('click');
  await flushPromises();
  const { specification } = page.service.calls('fit.run')[0].body;
  page.service.calls('fit.run')[0].answer(faithfulSummary('fit-1', { specification }));
  await flushPromises();
  await button('Go on from here')!.trigger('click');
  await flushPromises();
  const next = page.service.calls('fit.run')[1].body.specification;
  expect(next.run.restarts).toBe(1);
  const { weight } = faithfulSummary().parameters;
  expect(next.start).toMatchObject({ parameters: { weights: [...weight] } });
  page.service.calls('fit.run')[1].answer(faithfulSummary('fit-2', { specification: next }));
  await flushPromises();
  await setNumber(page, 'Number of clusters', '3');
  expect(button('Go on from here')).toBeUndefined();
});

test('while it fits the page says how far it is, and cancelling is answered at once', async () => {
  const page = await openModel();
  await fitButton(page).trigger('click');
  await flushPromises();
  const call = page.service.calls('fit.run')[0];
  call.emit(progressEvent(0, 12));
  call.emit({ kind: 'progress', elapsedMs: 4000, fraction: 0.2, points: [], leading: null });
  await flushPromises();
  expect(page.wrapper.text()).toContain('2 of 10 starts done · 4.0 s · about 16 s left');
  const cancel = page.wrapper.findAll('button').find((button) => button.text().startsWith('Cancel'))!;
  await cancel.trigger('click');
  expect(page.wrapper.text()).toContain('Keeping the best so far…');
  expect(call.signal?.aborted).toBe(true);
  call.answer(faithfulSummary('fit-1', { stopped: 'cancelled' }));
  await flushPromises();
  expect(page.wrapper.text()).toContain('cancelled after 2 iterations: the best so far');
});

test('a finished fit shows its verdict where it was watched', async () => {
  const page = await openModel();
  await fitButton(page).trigger('click');
  await flushPromises();
  page.service.calls('fit.run')[0].answer(faithfulSummary());
  await flushPromises();
  expect(page.wrapper.text()).toContain('log-likelihood -1130.264 (higher is better)');
  expect(page.wrapper.text()).toContain('272 rows · converged after 2 iterations');
});

const buttonNamed = ({ wrapper }: MountedPage, name: string) =>
  wrapper.findAll('button').find((button) => button.text().startsWith(name))!;

test('stepping through begins paused, steps, and goes on', async () => {
  const page = await openModel();
  await buttonNamed(page, 'Step through').trigger('click');
  await flushPromises();
  const call = page.service.calls('fit.run')[0];
  expect(call.body.paused).toBe(true);
  expect(page.wrapper.text()).toContain('Paused');
  await page.wrapper
    .findAll('button')
    .find((button) => button.text() === 'Step')!
    .trigger('click');
  await buttonNamed(page, 'Go on').trigger('click');
  expect(page.service.calls('fit.steer').map(({ body }) => body.command)).toContain('step');
  expect(page.service.calls('fit.steer').at(-1)!.body).toEqual({ run: call.body.run, command: 'resume' });
  expect(page.wrapper.text()).toContain('Finding where to begin…');
  call.emit(progressEvent(0, 0));
  await flushPromises();
  expect(page.wrapper.text()).toContain('Fitting…');
  await buttonNamed(page, 'Pause').trigger('click');
  expect(page.service.calls('fit.steer').at(-1)!.body.command).toBe('pause');
});

test('a finished run can be replayed iteration by iteration', async () => {
  const page = await openModel();
  await fitButton(page).trigger('click');
  await flushPromises();
  page.service.calls('fit.run')[0].answer(faithfulSummary());
  await flushPromises();
  const { parameters } = faithfulSummary();
  page.service.calls('fit.frames')[0].answer({
    frames: [-1140, -1131, -1130.26396].map((objective, iteration) => ({ iteration, objective, parameters })),
  });
  await flushPromises();
  const handle = page.wrapper.find('input[type=range]');
  expect(handle.attributes('aria-valuetext')).toBe('iteration 2 of 2 · log-likelihood -1130.264');
  await handle.setValue('1');
  expect(handle.attributes('aria-valuetext')).toBe('iteration 1 of 2 · log-likelihood -1131.000');
});

test('a failed fit says why and what to do, and nothing is drawn for it', async () => {
  const page = await openModel();
  await fitButton(page).trigger('click');
  await flushPromises();
  page.service.calls('fit.run')[0].fail({
    kind: 'fitFailed',
    failure: { kind: 'singularCovariance', component: 1, cause: 'fewRows', feature: null },
    restarts: 10,
    features: ['eruptions', 'waiting'],
  });
  await flushPromises();
  expect(page.wrapper.find('[role=alert]').text()).toContain('use fewer clusters');
  expect(page.wrapper.text()).not.toContain('Convergence');
});

test('a remedy of a failure goes into the form and is fitted at once', async () => {
  const page = await openModel();
  await fitButton(page).trigger('click');
  await flushPromises();
  page.service.calls('fit.run')[0].fail({
    kind: 'fitFailed',
    failure: { kind: 'singularCovariance', component: 1, cause: 'fewRows', feature: null },
    restarts: 10,
    features: ['eruptions', 'waiting'],
  });
  await flushPromises();
  await buttonNamed(page, 'Give all clusters one covariance').trigger('click');
  await flushPromises();
  expect(page.service.calls('fit.run')[1].body.specification.model).toMatchObject({ covariance: 'EEE' });
  expect(page.wrapper.find('input[value=EEE]').element).toMatchObject({ checked: true });
});

test('a remedy that leaves a column out unticks it', async () => {
  const page = await openModel();
  const [question] = page.service.calls('fit.diagnose');
  question.answer({ findings: [{ kind: 'duplicateColumns', columns: ['eruptions', 'waiting'] }] });
  await flushPromises();
  expect(page.wrapper.text()).toContain('"eruptions" and "waiting" say the same');
  await buttonNamed(page, 'Leave out "waiting"').trigger('click');
  await flushPromises();
  expect(page.service.calls('fit.run')).toHaveLength(0);
  expect(page.service.calls('fit.diagnose').at(-1)!.body.specification.preparation.features).toEqual([
    'eruptions',
  ]);
});

test('without features nothing can be fitted, and the page says what to do', async () => {
  const page = await openModel();
  for (const box of page.wrapper.findAll('fieldset input[type=checkbox]')) await box.setValue(false);
  await flushPromises();
  expect(page.wrapper.text()).toContain('Choose at least one feature.');
  expect(fitButton(page).attributes('aria-disabled')).toBe('true');
});

test('a new seed is in sight and is what the next fit uses', async () => {
  const page = await openModel();
  await page.wrapper
    .findAll('button')
    .find((button) => button.text() === 'New seed')!
    .trigger('click');
  const label = page.wrapper.findAll('label').find((one) => one.text() === 'Seed')!;
  const shown = (page.wrapper.find(`#${label.attributes('for')}`).element as HTMLInputElement).value;
  await fitButton(page).trigger('click');
  await flushPromises();
  expect(String(page.service.calls('fit.run')[0].body.specification.run.seed)).toBe(shown);
});
