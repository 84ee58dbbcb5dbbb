// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, type Pinia } from 'pinia';
import { defineComponent, h } from 'vue';
import { afterEach, expect, test } from 'vitest';
import { desktopKey } from '../../../renderer/client/desktop';
import { serviceKey } from '../../../renderer/client/service';
import SegmentsPage from '../../../renderer/pages/SegmentsPage.vue';
import { usePaintings } from '../../../renderer/stores/paintings';
import { usePictures } from '../../../renderer/stores/pictures';
import { usePictureWindowState } from '../../../renderer/stores/pictureWindow';
import { useSegmentation } from '../../../renderer/stores/segmentation';
import type { Viewed } from '../../../shared/contract/pictureCalls';
import { grantId } from '../../../shared/ids';
import type { PaintingSummary } from '../../../shared/image/painting';
import { quantisationSpecification } from '../../../shared/image/quantisation';
import type { Segment } from '../../../shared/image/segmentation';
import { FakeService } from '../fakeService';
import { paintingNamed, swatchOf } from '../support/paintingFixtures';
import { pictureNamed } from '../support/pictureFixtures';
import { segmentationOf, segmentOf } from '../support/segmentFixtures';
import { answer, fail } from '../support/settle';

enableAutoUnmount(afterEach);

/** A canvas is what a test page has not; the room only says what is to be seen, and hears which pixel is clicked. */
const PictureViewer = defineComponent({
  name: 'PictureViewer',
  props: { before: { type: Object, required: true } },
  emits: { pick: (x: number, y: number) => Number.isInteger(x) && Number.isInteger(y) },
  setup:
    (_, { slots }) =>
    () =>
      h('div', slots['tools']?.()),
});

interface Room {
  readonly wrapper: VueWrapper;
  readonly service: FakeService;
  readonly pinia: Pinia;
}

function open(): Room {
  const service = new FakeService();
  const pinia = createPinia();
  const desktop = {
    chooseSave: (name: string) => Promise.resolve({ grant: grantId.parse('grant-save'), name }),
  };
  const wrapper = mount(SegmentsPage, {
    attachTo: document.body,
    global: {
      plugins: [pinia],
      provide: { [serviceKey as symbol]: service, [desktopKey as symbol]: desktop },
      stubs: { PictureViewer },
    },
  });
  return { wrapper, service, pinia };
}

/** A room with a picture open and painted. */
async function withPainting(painting: PaintingSummary = paintingNamed('one')): Promise<Room> {
  const room = open();
  usePictures(room.pinia).summary = pictureNamed('photo.png');
  usePaintings(room.pinia);
  await flushPromises();
  await answer(room.service.calls('picture.quantise')[0], painting);
  return room;
}

/** The same with its regions found and the largest listed. */
async function withRegions(): Promise<Room> {
  const room = await withPainting();
  await answer(room.service.calls('segments.find')[0], segmentationOf());
  await list(room, [segmentOf(0), segmentOf(1), segmentOf(2)]);
  return room;
}

const list = ({ service }: Room, segments: Segment[], total = 300): Promise<void> =>
  answer(service.calls('segments.list').at(-1)!, { total, segments });
const viewer = ({ wrapper }: Room) => wrapper.findComponent(PictureViewer);
const viewed = (room: Room): Viewed => viewer(room).props('before') as Viewed;
const table = ({ wrapper }: Room, label: string) => wrapper.find(`table[aria-label="${label}"]`);
const rows = (room: Room, label = 'Regions by area') => table(room, label).findAll('tbody tr');
const button = ({ wrapper }: Room, text: RegExp) =>
  wrapper.findAll('button').find((one) => text.test(one.text()))!;
const facts = ({ wrapper }: Room): string => wrapper.find('section[aria-label="Picked"]').text();
async function type({ wrapper }: Room, label: string, text: string): Promise<void> {
  const input = wrapper.find(`input[aria-label="${label}"]`);
  await input.setValue(text);
  await input.trigger('change');
}

async function click(room: Room, segment: Segment): Promise<void> {
  viewer(room).vm.$emit('pick', 44, 63);
  await flushPromises();
  await answer(room.service.calls('segments.at').at(-1)!, segment);
}

test('without colours the room says what it needs', () => {
  const room = open();
  expect(room.wrapper.text()).toContain('No colours yet');
  expect(room.service.calls('segments.find')).toHaveLength(0);
});

test('a preview is not looked through while the best palette is on its way', async () => {
  const room = await withPainting(paintingNamed('quick', { precision: 'preview' }));
  expect(room.service.calls('segments.find')).toHaveLength(0);
  expect(viewed(room)).toEqual({ kind: 'painting', painting: 'painting-quick' });
});

test('regions are looked for as soon as the painting is there, and again when it or the settings change', async () => {
  const room = await withRegions();
  const finds = room.service.calls('segments.find');
  expect(finds[0].body).toEqual({
    painting: 'painting-one',
    settings: { smallest: 1, connectivity: 4 },
  });
  const size = room.wrapper.find('input[role=spinbutton]');
  await size.setValue('50');
  await size.trigger('change');
  expect(room.service.calls('segments.find').at(-1)!.body.settings.smallest).toBe(50);
  void usePaintings(room.pinia).paintWith([{ red: 0, green: 0, blue: 0, opacity: 255 }], false);
  await answer(room.service.calls('picture.paintWith')[0], paintingNamed('given', { fit: null }));
  expect(room.service.calls('segments.find').at(-1)!.body.painting).toBe('painting-given');
  expect(viewed(room)).toEqual({ kind: 'painting', painting: 'painting-given' });
});

test('colours are listed with what they cover, and one that is chosen is seen alone with its regions', async () => {
  const room = await withRegions();
  const covers = rows(room, 'Colours and what they cover');
  expect(covers.map((row) => row.text())).toEqual([
    expect.stringContaining('All colours'),
    expect.stringMatching(/sienna.*44\.3 %.*100/),
    expect.stringMatching(/silver/),
    expect.stringMatching(/black/),
  ]);
  await covers[2].trigger('click');
  await flushPromises();
  expect(viewed(room)).toMatchObject({ pick: { kind: 'colour', at: 1 } });
  expect(room.service.calls('segments.list').at(-1)!.body).toMatchObject({ at: 1, first: 0 });
  expect(facts(room)).toContain('All of silver');
});

test('what covers most is listed first, wherever it stands in the palette', async () => {
  const swatches = [swatchOf('#101010', 10), swatchOf('#c0c0c0', 90)];
  const painting = paintingNamed('one', { swatches, names: ['black', 'silver'] });
  const room = await withPainting(painting);
  await answer(room.service.calls('segments.find')[0], segmentationOf(painting));
  const covers = rows(room, 'Colours and what they cover');
  expect(covers[1].text()).toContain('silver');
  await covers[1].trigger('click');
  await flushPromises();
  expect(viewed(room)).toMatchObject({ pick: { kind: 'colour', at: 1 } });
});

test('a click on the picture picks the region under it and tells its facts', async () => {
  const room = await withRegions();
  await click(room, segmentOf(1));
  expect(room.service.calls('segments.at')[0].body).toMatchObject({ x: 44, y: 63 });
  expect(viewed(room)).toMatchObject({ pick: { kind: 'region', region: 1 } });
  expect(facts(room)).toMatch(/Region 2, silver.*999 pixels.*#a0522d.*10 × 8 at 40, 60.*36 px/s);
  expect(rows(room)[1].attributes('aria-selected')).toBe('true');
});

test('a region chosen in the list is brought into sight, at the zoom there is', async () => {
  const room = await withRegions();
  const part = usePictureWindowState(room.pinia);
  await rows(room)[0].trigger('click');
  expect(part.chosen).toBeNull();
  part.chosen = { zoom: 4, centreX: 300, centreY: 200 };
  await rows(room)[1].trigger('click');
  expect(part.chosen).toEqual({ zoom: 4, centreX: 45, centreY: 64 });
  expect(viewed(room)).toMatchObject({ pick: { kind: 'region', region: 1 } });
});

test('a region that is not on the page is turned to', async () => {
  const room = await withRegions();
  await click(room, segmentOf(250));
  expect(room.service.calls('segments.list').at(-1)!.body).toMatchObject({ at: null, first: 200 });
});

test('a region of a listed colour is found among its regions by halving', async () => {
  const room = await withRegions();
  // Regions of the second colour: 1, 4, 7, ...
  await rows(room, 'Colours and what they cover')[2].trigger('click');
  await flushPromises();
  await list(room, [segmentOf(1), segmentOf(4)], 200);
  viewer(room).vm.$emit('pick', 1, 1);
  await flushPromises();
  await answer(room.service.calls('segments.at')[0], segmentOf(448));
  for (;;) {
    const last = room.service.calls('segments.list').at(-1)!;
    if (last.body.count !== 1) break;
    const region = 3 * last.body.first + 1;
    await answer(last, { total: 200, segments: last.body.first < 200 ? [segmentOf(region)] : [] });
  }
  expect(room.service.calls('segments.list').at(-1)!.body).toMatchObject({ at: 1, first: 100, count: 100 });
});

test('Escape picks nothing', async () => {
  const room = await withRegions();
  await click(room, segmentOf(1));
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', cancelable: true }));
  await flushPromises();
  expect(viewed(room)).toMatchObject({ pick: null });
  expect(facts(room)).toContain('Click the picture');
});

test('areas are told in units too where there is a scale', async () => {
  const room = await withRegions();
  await type(room, 'Pixels a unit', '10');
  expect(table(room, 'Regions by area').text()).toContain('mm²');
  expect(rows(room)[0].text()).toMatch(/1,000\s*10\s*0\.7 %/);
  await click(room, segmentOf(0));
  expect(facts(room)).toMatch(/10 mm².*36 px \(3\.6 mm\)/s);
});

test('the smallest region may be told in units; whole pixels are asked for', async () => {
  const room = await withRegions();
  await type(room, 'Pixels a unit', '10');
  await room.wrapper.find('select[aria-label="Unit of the smallest region"]').setValue('units');
  const size = room.wrapper.find('input[role=spinbutton]');
  await size.setValue('0.256');
  await size.trigger('change');
  expect(useSegmentation(room.pinia).settings.smallest).toBe(26);
});

test('a line of known length sets the scale', async () => {
  const room = await withRegions();
  await button(room, /Measure on the picture/).trigger('click');
  viewer(room).vm.$emit('pick', 10, 10);
  await flushPromises();
  expect(room.wrapper.text()).toContain('Now click its other end.');
  viewer(room).vm.$emit('pick', 40, 50);
  await flushPromises();
  expect(room.wrapper.text()).toContain('50 pixels are');
  await type(room, 'Length of the line', '4');
  expect(useSegmentation(room.pinia).scale).toEqual({ pixelsPerUnit: 12.5, unit: 'mm' });
  // Clicks pick regions again.
  expect(room.service.calls('segments.at')).toHaveLength(0);
  viewer(room).vm.$emit('pick', 1, 1);
  expect(room.service.calls('segments.at')).toHaveLength(1);
});

test('a dithered painting is told apart, and dithering can be turned off', async () => {
  const dithered = quantisationSpecification.parse({ dithering: { kind: 'ordered' } });
  const room = await withPainting(paintingNamed('one', { specification: dithered }));
  expect(room.wrapper.text()).toContain('The painting is dithered');
  await button(room, /Turn dithering off/).trigger('click');
  expect(usePaintings(room.pinia).specification.dithering.kind).toBe('none');
});

test('where there are very many regions, small ones can be joined to others at once', async () => {
  const room = await withRegions();
  expect(room.wrapper.text()).not.toContain('specks');
  const other = await withPainting();
  await answer(other.service.calls('segments.find')[0], segmentationOf(undefined, { regions: 15_357 }));
  expect(other.wrapper.text()).toContain('may be specks of a few pixels');
  await button(other, /Join those below/).trigger('click');
  await flushPromises();
  expect(other.service.calls('segments.find').at(-1)!.body.settings).toMatchObject({ smallest: 20 });
  expect(other.wrapper.text()).not.toContain('specks');
});

test('a search that fails says why and can be tried again', async () => {
  const room = await withPainting();
  await fail(room.service.calls('segments.find')[0], { kind: 'cancelled' });
  expect(room.wrapper.text()).toContain('Cancelled');
  await button(room, /Find regions/).trigger('click');
  expect(room.service.calls('segments.find')).toHaveLength(2);
});

test('the mask of what is picked is saved under its name', async () => {
  const room = await withRegions();
  expect(button(room, /Save mask/).attributes('aria-disabled')).toBe('true');
  await click(room, segmentOf(1));
  await button(room, /Save mask/).trigger('click');
  await flushPromises();
  expect(room.service.calls('picture.save')[0].body).toEqual({
    file: 'grant-save',
    content: {
      kind: 'mask',
      segmentation: segmentationOf().segmentation,
      pick: { kind: 'region', region: 1 },
    },
  });
});
