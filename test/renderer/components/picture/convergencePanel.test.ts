// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import ConvergencePanel from '../../../../renderer/components/picture/ConvergencePanel.vue';
import { restMs } from '../../../../renderer/stores/paintings';
import { mountPart, type MountedPart } from '../../support/mountPart';
import { paintingNamed } from '../../support/paintingFixtures';
import { answer } from '../../support/settle';

let part: MountedPart;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  part.wrapper.unmount();
  vi.useRealTimers();
});

const asked = () => part.service.calls('picture.quantise');
const chartName = () => part.wrapper.find('[role=img]').attributes('aria-label');

async function preview(): Promise<void> {
  part = await mountPart(ConvergencePanel);
  await answer(asked()[0], paintingNamed('quick', { precision: 'preview' }));
}

test('before anything is fitted it says what will be here', async () => {
  part = await mountPart(ConvergencePanel);
  expect(part.wrapper.text()).toContain('No fit is shown');
});

test('the distortion is drawn while it falls, restarts first', async () => {
  await preview();
  expect(part.wrapper.text()).toContain('Of the preview.');
  await vi.advanceTimersByTimeAsync(restMs);
  const { emit } = asked()[1];
  emit({ kind: 'step', phase: 'restart', restart: 0, distortion: 90_000 });
  emit({ kind: 'step', phase: 'restart', restart: 1, distortion: 70_000 });
  emit({ kind: 'step', phase: 'exact', restart: 1, distortion: 65_432 });
  await flushPromises();
  expect(chartName()).toContain('now 65,432');
  await part.wrapper.find('button').trigger('click');
  expect(part.wrapper.findAll('tbody tr').map((row) => row.findAll('td')[1].text())).toEqual([
    '90,000',
    '70,000',
    '65,432',
  ]);
});

test('of a finished fit the path of the best restart is drawn', async () => {
  await preview();
  await vi.advanceTimersByTimeAsync(restMs);
  await answer(asked()[1], paintingNamed('exact'));
  expect(chartName()).toBe('distortion J (lower is better) by iteration, now 1000.');
  expect(part.wrapper.text()).toContain('1 iteration, converged.');
});

test('a palette that was edited has no fit to draw', async () => {
  await preview();
  void part.paintings.edit({ kind: 'remove', at: 0 });
  await flushPromises();
  await answer(part.service.calls('painting.edit')[0], paintingNamed('edited', { fit: null }));
  expect(part.wrapper.text()).toContain('nothing was fitted');
});
