// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import QuantiseForm from '../../../../renderer/components/picture/QuantiseForm.vue';
import { followMs, restMs } from '../../../../renderer/stores/paintings';
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

async function show(picture?: PictureSummary): Promise<void> {
  part = await mountPart(QuantiseForm, picture);
  await answer(part.service.calls('picture.quantise')[0], paintingNamed('first', { precision: 'preview' }));
}
const field = (label: string) => part.wrapper.find(`[aria-label="${label}"]`);
const chosen = (label: string) =>
  part.wrapper
    .findAll('label')
    .find((one) => one.text() === label)!
    .find('input');
const asked = () => part.service.calls('picture.quantise');

test('the slider and its field are one number, and each change asks for a preview', async () => {
  await show();
  const slider = field('Number of colours, slider');
  await slider.setValue(slider.attributes('max'));
  expect(part.paintings.specification.goal).toEqual({ kind: 'count', colours: 256 });
  expect((field('Number of colours').element as HTMLInputElement).value).toBe('256');
  await slider.trigger('keydown', { key: 'ArrowLeft' });
  await vi.advanceTimersByTimeAsync(followMs);
  expect(asked().at(-1)!.body).toMatchObject({
    precision: 'preview',
    specification: { goal: { kind: 'count', colours: 255 } },
  });
  expect(slider.attributes('aria-valuetext')).toBe('255 colours');
});

test('going from one goal to another and back loses nothing', async () => {
  await show();
  await field('Number of colours').setValue('24');
  await field('Number of colours').trigger('change');
  await chosen('Quality').setValue();
  expect(part.paintings.specification.goal).toEqual({ kind: 'quality', measure: 'psnr', atLeast: 32 });
  await chosen('SSIM').setValue();
  expect(part.paintings.specification.goal).toEqual({ kind: 'quality', measure: 'ssim', atLeast: 0.9 });
  await chosen('Size').setValue();
  expect(part.paintings.specification.goal).toEqual({ kind: 'bytes', atMost: 60_000 });
  await field('Largest file in kilobytes').setValue('12.5');
  await field('Largest file in kilobytes').trigger('change');
  expect(part.paintings.specification.goal).toEqual({ kind: 'bytes', atMost: 12_500 });
  await chosen('Colours').setValue();
  expect(part.paintings.specification.goal).toEqual({ kind: 'count', colours: 24 });
});

test('a goal that cannot be reached is said in words, and what was tried on the way', async () => {
  await show();
  await chosen('Quality').setValue();
  await vi.advanceTimersByTimeAsync(restMs);
  asked()
    .at(-1)!
    .emit({ kind: 'trial', tried: { colours: 256, value: 30.5 } });
  await flushPromises();
  expect(part.wrapper.text()).toContain('Tried 256…');
  await answer(
    asked().at(-1)!,
    paintingNamed('best', {
      specification: part.paintings.specification,
      goal: { isReached: false, best: { colours: 256, value: 30.5 }, tried: [] },
    }),
  );
  expect(part.wrapper.text()).toContain(
    'It cannot be reached with 256 colours: the best is 30.5 dB with 256 colours.',
  );
  await chosen('Colours').setValue();
  expect(part.wrapper.text()).not.toContain('cannot be reached');
});

test('a mixture of Gaussians lets places count for nothing', async () => {
  await show();
  part.paintings.change({ spatialWeight: 2 });
  await field('Method').setValue('gaussian');
  expect(part.paintings.specification).toMatchObject({ method: 'gaussian', spatialWeight: 0 });
});

test('dithering that is chosen can be given a strength', async () => {
  await show();
  await part.wrapper.findAll('select')[1].setValue('floydSteinberg');
  expect(part.paintings.specification.dithering).toEqual({ kind: 'floydSteinberg', strength: 1 });
  await field('Strength of dithering').setValue('0.5');
  expect(part.paintings.specification.dithering).toEqual({ kind: 'floydSteinberg', strength: 0.5 });
  await part.wrapper.findAll('select')[1].setValue('blueNoise');
  expect(part.paintings.specification.dithering).toEqual({ kind: 'blueNoise', strength: 0.5 });
});

test('areas painted flat are given what they may cost', async () => {
  await show();
  await part.wrapper.findAll('select')[1].setValue('flat');
  expect(part.paintings.specification.dithering).toEqual({ kind: 'flat', errorGrowth: 0.01 });
  expect(part.wrapper.text()).toContain('+ 1 %, − 0.04 dB');
  await field('Squared error may grow by').setValue('0.05');
  expect(part.paintings.specification.dithering).toEqual({ kind: 'flat', errorGrowth: 0.05 });
});

test('a failure is said at the form, with a button to try again', async () => {
  await show();
  await field('Number of colours').setValue('2');
  await field('Number of colours').trigger('change');
  await fail(asked().at(-1)!, { kind: 'tooFewColours', colours: 2, needed: 4 });
  expect(part.wrapper.find('[role=alert]').text()).toContain('2 colours are too few');
  const again = part.wrapper.findAll('button').find((one) => one.text() === 'Find the best palette')!;
  await again.trigger('click');
  expect(asked().at(-1)!.body.precision).toBe('exact');
});

test('transparent pixels and pictures of few colours are spoken of', async () => {
  await show(pictureNamed('icon.png', { colours: 9, transparentPixels: 40 }));
  expect(part.wrapper.text()).toContain('One of them is for what is transparent.');
  expect(part.wrapper.text()).toContain('The picture has only 9 colours: all of them are kept.');
});

test('a picture that is all transparent has no colours to speak of', async () => {
  await show(pictureNamed('blank.png', { colours: 0, transparentPixels: 4096 }));
  expect(part.wrapper.text()).toContain('All of it is transparent.');
  expect(part.wrapper.text()).not.toContain('0 colours');
});
