// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import MeasureStrip from '../../../../renderer/components/picture/MeasureStrip.vue';
import { restMs } from '../../../../renderer/stores/paintings';
import type { PaintingMeasures } from '../../../../shared/image/painting';
import { mountPart, type MountedPart } from '../../support/mountPart';
import { paintingNamed } from '../../support/paintingFixtures';
import { answer, fail } from '../../support/settle';

let part: MountedPart;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  part.wrapper.unmount();
  vi.useRealTimers();
});

const measures: PaintingMeasures = {
  format: 'png',
  bytes: 24_100,
  fileBitsPerPixel: 1.425,
  bitDepth: 2,
  colours: 3,
  quality: { mse: 64.25, psnr: 30.05, ssim: 0.9123 },
  distortion: 26_081_333,
};
const asked = () => part.service.calls('painting.measure');
const button = (text: string) => part.wrapper.findAll('button').find((one) => one.text() === text);

/** The strip with an exact painting, whose measures wait for their answer. */
async function show(): Promise<void> {
  part = await mountPart(MeasureStrip);
  await answer(part.service.calls('picture.quantise')[0], paintingNamed('quick', { precision: 'preview' }));
  await vi.advanceTimersByTimeAsync(restMs);
  await answer(part.service.calls('picture.quantise')[1], paintingNamed('exact'));
}

test('a preview is called one and has no measures', async () => {
  part = await mountPart(MeasureStrip);
  await answer(part.service.calls('picture.quantise')[0], paintingNamed('quick', { precision: 'preview' }));
  expect(part.wrapper.text()).toContain('Preview');
  expect(asked()).toEqual([]);
});

test('the exact painting is measured by itself, each number with its direction and unit', async () => {
  await show();
  expect(asked()[0].body).toEqual({ painting: 'painting-exact', format: 'png' });
  expect(part.wrapper.text()).toContain('measuring…');
  await answer(asked()[0], measures);
  const text = part.wrapper.text();
  for (const expected of ['26,081,333', '64.25', '30.05 dB', '0.9123', '1.43 in the file', '24.1 kB'])
    expect(text).toContain(expected);
  expect(text).toContain('10 % of 241 kB');
  expect(text).not.toContain('measuring…');
});

test('another kind of file is measured anew, and one gone back to is known', async () => {
  await show();
  await answer(asked()[0], measures);
  part.paintings.format = 'gif';
  await flushPromises();
  expect(part.wrapper.text()).not.toContain('24.1 kB');
  await answer(asked()[1], { ...measures, format: 'gif', bytes: 30_000 });
  expect(part.wrapper.text()).toContain('30 kB');
  part.paintings.format = 'png';
  await flushPromises();
  expect(part.wrapper.text()).toContain('24.1 kB');
  expect(asked()).toHaveLength(2);
});

test('measuring can be cancelled and asked for again', async () => {
  await show();
  await button('Cancel')!.trigger('click');
  expect(asked()[0].signal?.aborted).toBe(true);
  await fail(asked()[0], { kind: 'cancelled' });
  expect(part.wrapper.find('[role=alert]').exists()).toBe(false);
  await button('Measure')!.trigger('click');
  await answer(asked()[1], measures);
  expect(part.wrapper.text()).toContain('24.1 kB');
});

test('what is measured of a palette that is changed meanwhile is dropped', async () => {
  await show();
  part.paintings.change({ goal: { kind: 'count', colours: 7 } });
  await flushPromises();
  expect(asked()[0].signal?.aborted).toBe(true);
  await answer(asked()[0], measures);
  expect(part.wrapper.text()).not.toContain('24.1 kB');
});

test('equal pictures have an infinite PSNR, not a number', async () => {
  await show();
  await answer(asked()[0], { ...measures, distortion: 0, quality: { mse: 0, psnr: null, ssim: 1 } });
  expect(part.wrapper.text()).toContain('infinite');
});

test('a failure is said in words', async () => {
  await show();
  await fail(asked()[0], { kind: 'unknownPicture' });
  expect(part.wrapper.find('[role=alert]').text()).toContain('not open any more');
});
