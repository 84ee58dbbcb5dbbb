// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, type Pinia } from 'pinia';
import { afterEach, expect, test } from 'vitest';
import { desktopKey } from '../../../renderer/client/desktop';
import { serviceKey } from '../../../renderer/client/service';
import SavePicturePage from '../../../renderer/pages/SavePicturePage.vue';
import { usePaintingMeasures } from '../../../renderer/stores/paintingMeasures';
import { usePaintings } from '../../../renderer/stores/paintings';
import { usePictures } from '../../../renderer/stores/pictures';
import { useSegmentation } from '../../../renderer/stores/segmentation';
import { useSwatchNames } from '../../../renderer/stores/swatchNames';
import { useWorkspace } from '../../../renderer/stores/workspace';
import type { SaveKind } from '../../../shared/desktop';
import { segmentationId } from '../../../shared/ids';
import type { PaintingFormat, PaintingMeasures } from '../../../shared/image/painting';
import type { SegmentationSummary } from '../../../shared/image/segmentation';
import { FakeService } from '../fakeService';
import { paintingNamed, swatchOf } from '../support/paintingFixtures';
import { pictureNamed } from '../support/pictureFixtures';
import { answer, fail } from '../support/settle';
import { fileNamed } from '../support/tableFixtures';

let wrapper: VueWrapper;
let service: FakeService;
/** Named wherever a store is taken: a timer of an earlier test may make its own pinia the active one. */
let pinia: Pinia;
let asked: { name: string; kind: SaveKind }[];
let isChosen: boolean;
afterEach(() => {
  if (wrapper.exists()) wrapper.unmount();
});

const swatches = Array.from({ length: 10 }, (_, at) => swatchOf(`#${at}0${at}0${at}0`, 100 - at));
const ten = paintingNamed('ten', {
  swatches,
  names: swatches.map((_, at) => `grey ${at}`),
  bitsPerPixel: 4,
  specification: { ...paintingNamed('ten').specification, goal: { kind: 'count', colours: 10 } },
});

const regions: SegmentationSummary = {
  segmentation: segmentationId.parse('segmentation-1'),
  painting: ten.painting,
  settings: { smallest: 1, connectivity: 4 },
  regions: 321,
  covers: swatches.map(({ colour, pixels }) => ({
    colour,
    pixels,
    share: pixels / 955,
    regions: 32,
    meanColour: colour,
  })),
};

const measuresOf = (format: PaintingFormat, bytes: number): PaintingMeasures => ({
  format,
  bytes,
  fileBitsPerPixel: 1,
  bitDepth: format === 'png' || format === 'gif' ? 4 : null,
  colours: 10,
  quality: { mse: 30, psnr: 33.36, ssim: 0.9 },
  distortion: 1000,
});

/** Shows the page of a picture that has been painted with ten colours. */
async function show(isSettled = true): Promise<void> {
  service = new FakeService();
  asked = [];
  isChosen = true;
  pinia = createPinia();
  wrapper = mount(SavePicturePage, {
    attachTo: document.body,
    global: {
      plugins: [pinia],
      provide: {
        [serviceKey as symbol]: service,
        [desktopKey as symbol]: {
          chooseSave: (name: string, kind: SaveKind) => {
            asked.push({ name, kind });
            return Promise.resolve(isChosen ? fileNamed(`saved-${name}`) : null);
          },
        },
      },
    },
  });
  useWorkspace(pinia).blockStep('segments', null);
  usePictures(pinia).summary = pictureNamed('photo.png');
  await flushPromises();
  if (!isSettled) return answer(service.calls('picture.quantise')[0], { ...ten, precision: 'preview' });
  void usePaintings(pinia).refine();
  await flushPromises();
  await answer(service.calls('picture.quantise').at(-1)!, ten);
}

const section = (name: string) => wrapper.find(`section[aria-label="${name}"]`);
const saveButton = (name: string) => section(name).findAll('button')[0];
const measureCalls = () => service.calls('painting.measure');
const saves = () => service.calls('picture.save');

async function save(name: string): Promise<void> {
  await saveButton(name).trigger('click');
  await flushPromises();
}

async function segment(found = regions): Promise<void> {
  const store = useSegmentation(pinia);
  store.summary = found;
  await flushPromises();
}

test('the head says how many bits the colours need', async () => {
  await show();
  expect(wrapper.text()).toContain('10 colours need 4 bits a pixel instead of 24.');
});

test('every kind of file is measured, one after the other, the chosen one first', async () => {
  await show();
  usePaintings(pinia).format = 'gif';
  await flushPromises();
  const seen: PaintingFormat[] = [];
  for (let call = measureCalls().at(-1)!; seen.length < 4; call = measureCalls().at(-1)!) {
    expect(call.signal?.aborted).toBe(false);
    seen.push(call.body.format);
    await answer(call, measuresOf(call.body.format, 10_000 + seen.length));
  }
  expect(seen).toEqual(['gif', 'png', 'fullPng', 'webp']);
  const rows = wrapper.findAll('tbody tr').map((row) => row.text());
  expect(rows[0]).toMatch(/PNG, indexed.*4 bits.*10 kB.*4.2 %.*33.36 dB/);
  expect(rows[2]).not.toContain('bits');
});

test('a kind of file that cannot be is said so, and the others are measured', async () => {
  await show();
  await fail(measureCalls()[0], {
    kind: 'sideTooLong',
    format: 'png',
    width: 70_000,
    height: 1,
    most: 65_535,
  });
  expect(wrapper.findAll('tbody tr')[0].text()).toContain('not possible');
  expect(measureCalls()).toHaveLength(2);
});

test('areas are painted flat for a smaller file, and as they were again', async () => {
  await show();
  const box = wrapper.find('input[type=checkbox]');
  await box.setValue(true);
  const edits = () => service.calls('painting.edit').map(({ body }) => body);
  expect(edits().at(-1)).toMatchObject({
    edit: { kind: 'dither', dithering: { kind: 'flat', errorGrowth: 0.01 } },
  });
  expect(wrapper.text()).toContain('+ 1 %, − 0.04 dB at most');
  await answer(service.calls('painting.edit').at(-1)!, paintingNamed('flat', { swatches }));
  await box.setValue(false);
  expect(edits().at(-1)).toMatchObject({ edit: { kind: 'dither', dithering: { kind: 'none' } } });
  usePaintings(pinia).change({ dithering: { kind: 'ordered', strength: 1 } });
  await flushPromises();
  expect(wrapper.find('input[type=checkbox]').exists()).toBe(false);
});

test('measuring that was stopped can go on', async () => {
  await show();
  await answer(measureCalls()[0], measuresOf('png', 10_000));
  usePaintingMeasures(pinia).cancel();
  await flushPromises();
  const measures = measureCalls().length;
  await section('Picture')
    .findAll('button')
    .find((one) => one.text() === 'Measure the rest')!
    .trigger('click');
  expect(measureCalls()).toHaveLength(measures + 1);
  expect(measureCalls().at(-1)!.body.format).toBe('gif');
  expect(section('Picture').text()).not.toContain('was stopped');
});

test('nothing but the chosen kind is measured once the page is left', async () => {
  await show();
  await answer(measureCalls()[0], measuresOf('png', 10_000));
  wrapper.unmount();
  await flushPromises();
  expect(measureCalls()).toHaveLength(2);
  expect(measureCalls()[1].signal?.aborted).toBe(true);
});

test('the picture is written as the kind chosen, with progress, and what was written is said', async () => {
  await show();
  await wrapper.find('input[value=webp]').setValue(true);
  await save('Picture');
  expect(asked).toEqual([{ name: 'photo-10-colours.webp', kind: 'webp' }]);
  const [call] = saves();
  expect(call.body.content).toEqual({ kind: 'painting', painting: 'painting-ten', format: 'webp' });
  call.emit({ kind: 'progress', fraction: 0.5 });
  await flushPromises();
  expect(section('Picture').find('[role=progressbar]').attributes('aria-valuenow')).toBe('50');
  await answer(call, { bytes: 38_200 });
  expect(section('Picture').text()).toContain('38.2 kB written to saved-photo-10-colours.webp');
});

test('a file under way can be stopped', async () => {
  await show();
  await save('Picture');
  await section('Picture').findAll('button')[1].trigger('click');
  expect(saves()[0].signal?.aborted).toBe(true);
});

test('a file under way is written to its end though the page is left, and the status bar says so', async () => {
  await show();
  await save('Picture');
  wrapper.unmount();
  const [call] = saves();
  expect(call.signal?.aborted).toBe(false);
  await answer(call, { bytes: 38_200 });
  expect(useWorkspace(pinia).message?.text).toBe('38.2 kB written to saved-photo-10-colours.png.');
});

test('a file that fails after its page was left is said in the status bar', async () => {
  await show();
  await save('Picture');
  wrapper.unmount();
  await fail(saves()[0], { kind: 'notWritten', file: 'photo.png', problem: 'the disk is full' });
  expect(useWorkspace(pinia).message).toMatchObject({ tone: 'danger' });
  expect(useWorkspace(pinia).message?.text).toContain('the disk is full');
});

test('nothing is written when the person changes their mind', async () => {
  await show();
  isChosen = false;
  await save('Picture');
  expect(saves()).toHaveLength(0);
  expect(section('Picture').find('[role=progressbar]').exists()).toBe(false);
});

test('a file that could not be written is said in words, and can be tried again', async () => {
  await show();
  await save('Palette');
  await fail(saves()[0], { kind: 'notWritten', file: 'photo.gpl', problem: 'the disk is full' });
  expect(section('Palette').find('[role=alert]').text()).toContain('the disk is full');
  expect(saveButton('Palette').attributes('aria-disabled')).toBeUndefined();
});

test('while the best palette is being found nothing is saved, and the button says why', async () => {
  await show(false);
  expect(saveButton('Picture').attributes('title')).toContain('being found');
  await save('Picture');
  expect(asked).toHaveLength(0);
});

test('the palette is written with the names given, in the kind chosen', async () => {
  await show();
  useSwatchNames(pinia).rename(ten, 1, 'pavement');
  await section('Palette').find('select').setValue('css');
  await save('Palette');
  expect(asked).toEqual([{ name: 'photo-palette.css', kind: 'palette' }]);
  expect(saves()[0].body.content).toEqual({
    kind: 'palette',
    painting: 'painting-ten',
    names: ten.names.map((name, at) => (at === 1 ? 'pavement' : name)),
  });
});

test('without regions, or with those of another palette, nothing of them is saved and the way there is shown', async () => {
  await show();
  expect(section('Segments').text()).toContain('No regions have been looked for yet.');
  await segment({ ...regions, painting: paintingNamed('other').painting });
  expect(section('Segments').text()).toContain('changed since');
  expect(section('Areas (CSV)').exists()).toBe(false);
  await section('Segments').find('button').trigger('click');
  expect(useWorkspace(pinia).room).toBe('segments');
});

test('label maps of colours and of regions, unless there are too many of them', async () => {
  await show();
  await segment();
  await save('Label map (PNG)');
  expect(saves()[0].body.content).toEqual({
    kind: 'labelMap',
    segmentation: 'segmentation-1',
    of: 'colours',
  });
  await answer(saves()[0], { bytes: 10 });
  await section('Label map (PNG)').find('input[value=regions]').setValue(true);
  await save('Label map (PNG)');
  expect(asked.at(-1)).toEqual({ name: 'photo-region-labels.png', kind: 'png' });
  await answer(saves()[1], { bytes: 10 });
  await segment({ ...regions, regions: 70_000 });
  expect(saveButton('Label map (PNG)').attributes('title')).toContain('more than the 65,535');
});

test('the mask offered first is that of what is picked', async () => {
  await show();
  useSegmentation(pinia).pick = { kind: 'region', region: 6 };
  await segment();
  const select = section('Mask (PNG)').find<HTMLSelectElement>('select');
  expect(select.element.selectedOptions[0].text).toBe('Region 7, as picked');
  await save('Mask (PNG)');
  expect(saves()[0].body.content).toMatchObject({ kind: 'mask', pick: { kind: 'region', region: 6 } });
  await answer(saves()[0], { bytes: 10 });
  await select.setValue('colour 3');
  await save('Mask (PNG)');
  expect(saves()[1].body.content).toMatchObject({ pick: { kind: 'colour', at: 3 } });
});

test('areas are written with the scale and the names', async () => {
  await show();
  useSegmentation(pinia).scale = { pixelsPerUnit: 4, unit: 'mm' };
  await segment();
  expect(section('Areas (CSV)').text()).toContain('mm²');
  await save('Areas (CSV)');
  expect(saves()[0].body.content).toEqual({
    kind: 'areas',
    segmentation: 'segmentation-1',
    scale: { pixelsPerUnit: 4, unit: 'mm' },
    names: ten.names,
  });
});

test('the command saves the picture', async () => {
  await show();
  useWorkspace(pinia).command('savePicture');
  await flushPromises();
  expect(asked).toEqual([{ name: 'photo-10-colours.png', kind: 'png' }]);
});
