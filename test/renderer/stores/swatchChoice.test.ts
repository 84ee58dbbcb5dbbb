import { flushPromises } from '@vue/test-utils';
import { beforeEach, expect, test } from 'vitest';
import { usePaintings } from '../../../renderer/stores/paintings';
import { usePictures } from '../../../renderer/stores/pictures';
import { useSwatchChoice } from '../../../renderer/stores/swatchChoice';
import type { PaintingSummary } from '../../../shared/image/painting';
import { FakeService } from '../fakeService';
import { paintingNamed, swatchOf } from '../support/paintingFixtures';
import { pictureNamed } from '../support/pictureFixtures';
import { answer, fail } from '../support/settle';
import { provideStores } from '../support/withStores';

let service: FakeService;
let choice: ReturnType<typeof useSwatchChoice>;

/** Shows what comes of a fit. */
async function show(painting: PaintingSummary): Promise<void> {
  void usePaintings().refine();
  await flushPromises();
  await answer(service.calls('picture.quantise').at(-1)!, painting);
}

beforeEach(async () => {
  service = new FakeService();
  provideStores(service);
  choice = useSwatchChoice();
  usePictures().summary = pictureNamed('photo.png');
  await flushPromises();
  await show(paintingNamed('first'));
});

test('a choice follows its colour to another place, and is none where that is gone', async () => {
  choice.choose(0, false);
  choice.choose(2, true);
  expect(choice.places).toEqual([0, 2]);
  const { swatches } = paintingNamed('first');
  await show(paintingNamed('turned', { swatches: [...swatches].reverse() }));
  expect(choice.places).toEqual([2, 0]);
  await show(paintingNamed('other', { swatches: [swatchOf('#0000ff', 1), swatches[0]] }));
  expect(choice.places).toEqual([1]);
});

test('a third colour takes the place of the one chosen first', () => {
  for (const at of [0, 1, 2]) choice.choose(at, true);
  expect(choice.places).toEqual([1, 2]);
});

test('the colour chosen last stands out while that is wanted', () => {
  choice.isShownAlone = true;
  expect(choice.alone).toBeNull();
  choice.choose(1, false);
  choice.choose(0, true);
  expect(choice.alone).toBe(0);
  choice.isShownAlone = false;
  expect(choice.alone).toBeNull();
});

test('the colour of a pixel is asked for and chosen', async () => {
  void choice.chooseAt(17, 5);
  const [call] = service.calls('picture.view');
  expect(call.body).toMatchObject({
    viewed: { kind: 'painting', painting: 'painting-first' },
    region: { left: 17, top: 5, width: 1, height: 1 },
  });
  await answer(call, { width: 1, height: 1, rgba: new Uint8Array([192, 192, 192, 255]) });
  expect(choice.places).toEqual([1]);
});

test('the pixel of a painting that is no longer shown chooses nothing', async () => {
  void choice.chooseAt(17, 5);
  await show(paintingNamed('second'));
  const [call] = service.calls('picture.view');
  await answer(call, { width: 1, height: 1, rgba: new Uint8Array([192, 192, 192, 255]) });
  expect(choice.places).toEqual([]);
});

test('a pixel that cannot be read leaves the choice as it is', async () => {
  choice.choose(2, false);
  void choice.chooseAt(17, 5);
  await fail(service.calls('picture.view')[0], { kind: 'unknownPicture' });
  expect(choice.places).toEqual([2]);
});

test('another picture starts without a choice', async () => {
  choice.choose(0, false);
  choice.isShownAlone = true;
  usePictures().summary = pictureNamed('other.png');
  await flushPromises();
  expect([choice.colours, choice.isShownAlone]).toEqual([[], false]);
});
