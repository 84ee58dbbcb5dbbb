// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import CurvePanel from '../../../../renderer/components/picture/CurvePanel.vue';
import { restMs } from '../../../../renderer/stores/paintings';
import type { CurvePoint } from '../../../../shared/image/painting';
import type { PictureSummary } from '../../../../shared/image/picture';
import { mountPart, type MountedPart } from '../../support/mountPart';
import { paintingNamed } from '../../support/paintingFixtures';
import { pictureNamed } from '../../support/pictureFixtures';
import { answer, fail } from '../../support/settle';

let part: MountedPart;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  part.wrapper.unmount();
  vi.useRealTimers();
});

const point = (colours: number): CurvePoint => ({
  colours,
  bitsPerPixel: Math.ceil(Math.log2(colours)),
  bytes: 1000 * colours,
  quality: { mse: 100, psnr: 20 + colours, ssim: 0.9 },
  distortion: 1e8 / colours,
});
const asked = () => part.service.calls('picture.curve');
const button = (text: string) => part.wrapper.findAll('button').find((one) => one.text() === text);
const chart = () => part.wrapper.findComponent({ name: 'EChart' });
const large = pictureNamed('large.png', { width: 4000, height: 3000 });

async function show(picture?: PictureSummary): Promise<void> {
  part = await mountPart(CurvePanel, picture);
  await answer(part.service.calls('picture.quantise')[0], paintingNamed('quick', { precision: 'preview' }));
  await vi.advanceTimersByTimeAsync(restMs);
  await answer(part.service.calls('picture.quantise')[1], paintingNamed('exact'));
}

test('the curve of a small picture is computed when it is looked at, after the exact palette', async () => {
  await show();
  expect(asked()).toHaveLength(1);
  for (const colours of [256, 2, 16])
    asked()[0].emit({ kind: 'point', point: point(colours), done: 1, total: 16 });
  await flushPromises();
  expect(part.wrapper.text()).toContain('1 of 16 points');
  expect(chart().attributes('aria-label')).toContain('3 points');
});

test('that of a large one waits for its button', async () => {
  await show(large);
  expect(asked()).toEqual([]);
  await button('Compute the curve')!.trigger('click');
  expect(asked()[0].body.specification.goal).toEqual({ kind: 'count', colours: 16 });
});

test('cancelling keeps the points there are', async () => {
  await show();
  asked()[0].emit({ kind: 'point', point: point(2), done: 1, total: 16 });
  await flushPromises();
  await button('Cancel')!.trigger('click');
  expect(asked()[0].signal?.aborted).toBe(true);
  await answer(asked()[0], { points: [point(2)], isComplete: false });
  expect(part.wrapper.text()).toContain('stopped before all points were there');
  expect(chart().attributes('aria-label')).toContain('1 point.');
});

test('a click on a point takes its number of colours, one far from any point takes none', async () => {
  await show();
  await answer(asked()[0], { points: [point(2), point(256)], isComplete: true });
  chart().vm.$emit('pick', [190, 0]);
  expect(part.paintings.specification.goal).toEqual({ kind: 'count', colours: 256 });
  chart().vm.$emit('pick', [20, 0]);
  expect(part.paintings.specification.goal).toEqual({ kind: 'count', colours: 256 });
});

test('arrow keys walk from point to point, and Enter takes one', async () => {
  await show();
  await answer(asked()[0], { points: [point(2), point(16), point(64)], isComplete: true });
  await chart().trigger('keydown', { key: 'ArrowRight' });
  await chart().trigger('keydown', { key: 'ArrowRight' });
  expect(part.wrapper.find('.unseen[role=status]').text()).toBe('64 colours: 84.00 dB, SSIM 0.900, 64 kB');
  await chart().trigger('keydown', { key: 'Enter' });
  expect(part.paintings.specification.goal).toEqual({ kind: 'count', colours: 64 });
});

test('another number of colours leaves the curve, other settings make it outdated', async () => {
  await show(large);
  await button('Compute the curve')!.trigger('click');
  await answer(asked()[0], { points: [point(2)], isComplete: true });
  part.paintings.change({ goal: { kind: 'count', colours: 5 } });
  await flushPromises();
  expect(part.wrapper.text()).not.toContain('other settings');
  part.paintings.change({ space: 'oklab' });
  await flushPromises();
  expect(part.wrapper.text()).toContain('It was computed by other settings than those shown.');
});

test('a failure is said and not tried again by itself', async () => {
  await show();
  await fail(asked()[0], { kind: 'mixtureOfPlaces' });
  await flushPromises();
  expect(part.wrapper.find('[role=alert]').text()).toContain('fitted to colours alone');
  expect(asked()).toHaveLength(1);
});
