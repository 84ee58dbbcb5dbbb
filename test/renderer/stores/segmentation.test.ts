// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { beforeEach, expect, test } from 'vitest';
import { usePictures } from '../../../renderer/stores/pictures';
import { useSegmentation } from '../../../renderer/stores/segmentation';
import { useWorkspace } from '../../../renderer/stores/workspace';
import { FakeService } from '../fakeService';
import { paintingNamed } from '../support/paintingFixtures';
import { pictureNamed } from '../support/pictureFixtures';
import { segmentationOf, segmentOf } from '../support/segmentFixtures';
import { answer, fail } from '../support/settle';
import { provideStores } from '../support/withStores';

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
  provideStores(service);
  usePictures().summary = pictureNamed('photo.png');
});

const one = paintingNamed('one');
const two = paintingNamed('two');
const asked = (): ReturnType<typeof service.calls<'segments.find'>> => service.calls('segments.find');

async function found(): Promise<ReturnType<typeof useSegmentation>> {
  const segmentation = useSegmentation();
  void segmentation.find(one.painting);
  await answer(asked().at(-1)!, segmentationOf(one));
  return segmentation;
}

test('a search for another painting takes the place of the one under way', async () => {
  const segmentation = useSegmentation();
  void segmentation.find(one.painting);
  void segmentation.find(two.painting);
  expect(asked()[0]!.signal?.aborted).toBe(true);
  await answer(asked()[1]!, segmentationOf(two));
  await answer(asked()[0]!, segmentationOf(one));
  expect(segmentation.summary?.painting).toBe(two.painting);
  expect(segmentation.isBusy).toBe(false);
  expect(useWorkspace().tasks).toHaveLength(0);
});

test('the same search is not begun twice', () => {
  const segmentation = useSegmentation();
  void segmentation.find(one.painting);
  void segmentation.find(one.painting);
  expect(asked()).toHaveLength(1);
});

test('what was found is of its painting and settings alone', async () => {
  const segmentation = await found();
  expect(segmentation.isOf(one.painting)).toBe(true);
  expect(segmentation.isOf(two.painting)).toBe(false);
  segmentation.settings = { smallest: 20, connectivity: 4 };
  expect(segmentation.isOf(one.painting)).toBe(false);
});

test('cancelling in the status bar keeps the regions that were found before', async () => {
  const segmentation = await found();
  segmentation.settings = { smallest: 20, connectivity: 8 };
  void segmentation.find(one.painting);
  useWorkspace().cancelTask();
  expect(asked()[1]!.signal?.aborted).toBe(true);
  await fail(asked()[1]!, { kind: 'cancelled' });
  expect(segmentation.failure).toEqual({ kind: 'cancelled' });
  expect(segmentation.summary).toEqual(segmentationOf(one));
});

test('of two clicks the later one counts, whichever is answered first', async () => {
  const segmentation = await found();
  void segmentation.pickAt(1, 1);
  void segmentation.pickAt(2, 2);
  const [first, second] = service.calls('segments.at');
  await answer(second!, segmentOf(7));
  await answer(first!, segmentOf(3));
  expect(segmentation.pick).toEqual({ kind: 'region', region: 7 });
  expect(segmentation.picked?.region).toBe(7);
});

test('a click that is answered after everything was cleared picks nothing', async () => {
  const segmentation = await found();
  void segmentation.pickAt(1, 1);
  segmentation.clear();
  await answer(service.calls('segments.at')[0]!, segmentOf(3));
  expect(segmentation.pick).toBeNull();
});

test('a region picked in the picture lists the regions of its colour, where those of a colour are listed', async () => {
  const segmentation = await found();
  segmentation.pickColour(0);
  expect(segmentation.pickedCover).toEqual(segmentationOf(one).covers[0]);
  segmentation.pickRegion(segmentOf(4, { at: 1 }));
  expect(segmentation.listed).toBe(1);
  segmentation.listAll();
  segmentation.pickRegion(segmentOf(5, { at: 2 }));
  expect(segmentation.listed).toBeNull();
});

test('after another search a colour stays picked, but a region does not: regions are numbered anew', async () => {
  const segmentation = await found();
  segmentation.settings = { smallest: 20, connectivity: 4 };
  const again = segmentationOf(one, { settings: segmentation.settings });
  segmentation.pickColour(2);
  void segmentation.find(one.painting);
  await answer(asked().at(-1)!, again);
  expect(segmentation.pick).toEqual({ kind: 'colour', at: 2 });
  segmentation.pickRegion(segmentOf(9));
  segmentation.settings = { smallest: 30, connectivity: 4 };
  void segmentation.find(one.painting);
  await answer(asked().at(-1)!, again);
  expect(segmentation.pick).toBeNull();
  expect(segmentation.picked).toBeNull();
});

test('another painting has other colours: nothing stays picked or listed', async () => {
  const segmentation = await found();
  segmentation.pickColour(2);
  void segmentation.find(two.painting);
  await answer(asked().at(-1)!, segmentationOf(two));
  expect(segmentation.pick).toBeNull();
  expect(segmentation.listed).toBeNull();
});

test('another picture has no regions yet, but the scale of the one before', async () => {
  const segmentation = await found();
  segmentation.scale = { pixelsPerUnit: 12, unit: 'mm' };
  usePictures().summary = pictureNamed('other.png');
  await flushPromises();
  expect(segmentation.summary).toBeNull();
  expect(segmentation.scale).toEqual({ pixelsPerUnit: 12, unit: 'mm' });
});
