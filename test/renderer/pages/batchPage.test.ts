// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, type Pinia } from 'pinia';
import { afterEach, expect, test } from 'vitest';
import { desktopKey } from '../../../renderer/client/desktop';
import { serviceKey } from '../../../renderer/client/service';
import BatchPage from '../../../renderer/pages/BatchPage.vue';
import { useBatch } from '../../../renderer/stores/batch';
import { usePaintings } from '../../../renderer/stores/paintings';
import { useWorkspace } from '../../../renderer/stores/workspace';
import type { BatchRow } from '../../../shared/image/batch';
import { FakeService } from '../fakeService';
import { batchSummaryOf, doneRow, failedRow, folderNamed, foundPicture } from '../support/batchFixtures';
import { answer, fail } from '../support/settle';
import { fileNamed } from '../support/tableFixtures';

enableAutoUnmount(afterEach);

interface Room {
  readonly wrapper: VueWrapper;
  readonly service: FakeService;
  readonly pinia: Pinia;
}

function open(): Room {
  const service = new FakeService();
  const pinia = createPinia();
  const desktop = {
    chooseFolder: (use: string) => Promise.resolve(folderNamed(use)),
    chooseFiles: () => Promise.resolve(['b.png', 'notes.txt'].map((name) => fileNamed(name))),
  };
  const wrapper = mount(BatchPage, {
    attachTo: document.body,
    global: {
      plugins: [pinia],
      provide: { [serviceKey as symbol]: service, [desktopKey as symbol]: desktop },
    },
  });
  return { wrapper, service, pinia };
}

const button = ({ wrapper }: Room, text: RegExp) =>
  wrapper.findAll('button').find((one) => text.test(one.text()))!;
const rows = ({ wrapper }: Room): string[] => wrapper.findAll('tbody tr').map((row) => row.text());

/** A room whose folder has so many pictures. */
async function withPictures(names: readonly string[], others = 0): Promise<Room> {
  const room = open();
  await button(room, /Choose a folder…/).trigger('click');
  await flushPromises();
  await answer(room.service.calls('folder.pictures')[0]!, {
    pictures: names.map((name) => foundPicture(name)),
    others,
  });
  return room;
}

/** The same, with a folder for results, started. */
async function started(names: readonly string[]): Promise<Room> {
  const room = await withPictures(names);
  await button(room, /Choose a folder for results/).trigger('click');
  await flushPromises();
  await button(room, /^Quantise/).trigger('click');
  await flushPromises();
  return room;
}

async function ended(outcomes: BatchRow[], isComplete = true): Promise<Room> {
  const room = await started(outcomes.map(({ file }) => file));
  await answer(room.service.calls('folder.quantise')[0]!, batchSummaryOf(outcomes, isComplete));
  return room;
}

test('before a folder is chosen the room says what it is for', () => {
  const room = open();
  expect(room.wrapper.text()).toContain('Many pictures at once');
  expect(room.wrapper.text()).toContain('Choose pictures first.');
});

test('a folder without pictures says so and offers another', async () => {
  const room = await withPictures([], 3);
  expect(room.wrapper.text()).toContain('No picture in pictures');
  expect(room.wrapper.find('table').exists()).toBe(false);
});

test('pictures can be chosen one by one, and what is none is left aside', async () => {
  const room = await withPictures(['a.png']);
  await button(room, /^Pictures…/).trigger('click');
  await flushPromises();
  const [picture, text] = room.service.calls('picture.recognise');
  await answer(picture!, { format: 'png', sizeBytes: 10 });
  await answer(text!, { format: null, sizeBytes: 10 });
  expect(rows(room)).toEqual([expect.stringContaining('b.png')]);
  expect(useWorkspace(room.pinia).message?.text).toContain('notes.txt');
  await button(room, /^Pictures…/).trigger('click');
  await flushPromises();
  for (const call of room.service.calls('picture.recognise').slice(2))
    await answer(call, { format: null, sizeBytes: 10 });
  expect(rows(room)).toEqual([expect.stringContaining('b.png')]);
  expect(useWorkspace(room.pinia).message?.text).toContain('No picture');
});

test('a folder that cannot be read says why', async () => {
  const room = open();
  await button(room, /Choose a folder…/).trigger('click');
  await flushPromises();
  await fail(room.service.calls('folder.pictures')[0]!, { kind: 'fileMissing', file: 'pictures' });
  expect(room.wrapper.find('[role=alert]').text()).toContain('is not there any more');
});

test('pictures are counted, with what else is in the folder', async () => {
  const room = await withPictures(['a.png', 'b.png'], 1);
  expect(room.wrapper.text()).toContain('2 pictures, 2 chosen; 1 other file left alone');
  expect(rows(room)).toHaveLength(2);
});

test('a picture that is left out is not counted, and all of them can be taken again', async () => {
  const room = await withPictures(['a.png', 'b.png']);
  await room.wrapper.find('input[aria-label="a.png"]').trigger('change');
  expect(button(room, /^Quantise/).text()).toContain('Quantise 1 picture');
  expect(rows(room)[0]).toContain('left out');
  await room.wrapper.find('input[aria-label="All pictures"]').trigger('change');
  expect(button(room, /^Quantise/).text()).toContain('Quantise 2 pictures');
  await room.wrapper.find('input[aria-label="All pictures"]').trigger('change');
  expect(button(room, /^Quantise/).attributes('aria-disabled')).toBe('true');
});

test('without a folder for results nothing starts, by button or key', async () => {
  const room = await withPictures(['a.png']);
  await button(room, /^Quantise/).trigger('click');
  useWorkspace(room.pinia).command('fit');
  await flushPromises();
  expect(room.service.calls('folder.quantise')).toHaveLength(0);
  expect(useWorkspace(room.pinia).message?.text).toContain('folder for the results');
});

test('Ctrl+Enter starts the batch', async () => {
  const room = await withPictures(['a.png']);
  await button(room, /Choose a folder for results/).trigger('click');
  await flushPromises();
  useWorkspace(room.pinia).command('fit');
  await flushPromises();
  expect(room.service.calls('folder.quantise')).toHaveLength(1);
});

test('settings are said in a line, and are those of the Colours room', async () => {
  const room = await withPictures(['a.png']);
  usePaintings(room.pinia).change({ goal: { kind: 'bytes', atMost: 50_000 }, space: 'oklab' });
  await flushPromises();
  expect(room.wrapper.find('summary').text()).toContain('at most 50 kB, OKLab');
});

test('outcomes fill in as they come', async () => {
  const room = await started(['a.png', 'b.png', 'c.png']);
  const [call] = room.service.calls('folder.quantise');
  call!.emit({ kind: 'started', file: 'b.png', total: 3 });
  call!.emit({ kind: 'row', row: doneRow('a.png'), done: 1, total: 3 });
  await flushPromises();
  expect(rows(room)[0]).toMatch(/33 kB.*-66\.7 %.*16.*35\.1 dB.*0\.950/);
  expect(rows(room)[1]).toContain('being quantised');
  expect(rows(room)[2]).toContain('waiting');
  expect(room.wrapper.text()).toContain('1 of 3 pictures · 99 kB became 33 kB (-66.7 %)');
  expect(room.wrapper.find('[role=progressbar]').attributes('aria-valuenow')).toBe('33');
});

test('counting colours for a shared palette has its own words', async () => {
  const room = await started(['a.png', 'b.png']);
  room.service.calls('folder.quantise')[0]!.emit({ kind: 'counted', done: 1, total: 2 });
  await flushPromises();
  expect(room.wrapper.text()).toContain('Finding one palette for all…');
  expect(room.wrapper.text()).toContain('colours of 1 of 2 pictures counted');
});

test('what failed is told with its file and why, and can be listed alone', async () => {
  const room = await ended([doneRow('a.png'), failedRow('b.png'), doneRow('c.png')]);
  expect(room.wrapper.text()).toContain('2 pictures written, 1 failed');
  expect(room.wrapper.text()).toContain('198 kB became 66 kB (-66.7 %)');
  expect(room.wrapper.text()).toContain('summary.csv');
  expect(rows(room)[1]).toContain('"b.png" is a PNG picture, but it cannot be read: it is cut off.');
  const only = room.wrapper.findAll('input[type=radio]').at(-1)!;
  await only.setValue(true);
  expect(rows(room)).toHaveLength(1);
});

test('a batch that was stopped says so and keeps what is written', async () => {
  const room = await started(['a.png', 'b.png']);
  await button(room, /^Cancel/).trigger('click');
  const [call] = room.service.calls('folder.quantise');
  expect(call!.signal?.aborted).toBe(true);
  await answer(call!, batchSummaryOf([doneRow('a.png')], false));
  expect(room.wrapper.text()).toContain('Stopped: 1 picture written');
});

test('a batch that was stopped goes on with what it has not written, failures included', async () => {
  const room = await started(['a.png', 'b.png', 'c.png']);
  const done = [doneRow('a.png'), failedRow('b.png')];
  await answer(room.service.calls('folder.quantise')[0], batchSummaryOf(done, false));
  await button(room, /Go on with the other 2/).trigger('click');
  expect(room.service.calls('folder.quantise')[1].body.source).toMatchObject({ names: ['b.png', 'c.png'] });
});

test('one palette for all is not found for a rest alone', async () => {
  const room = await started(['a.png', 'b.png']);
  await answer(room.service.calls('folder.quantise')[0], batchSummaryOf([doneRow('a.png')], false));
  expect(button(room, /Go on/)).toBeDefined();
  useBatch(room.pinia).paletteSource = 'shared';
  await flushPromises();
  expect(button(room, /Go on/)).toBeUndefined();
});

test('equal pictures have no decibels, and a goal that was missed says so', async () => {
  const room = await ended([
    doneRow('a.png', { quality: { mse: 0, psnr: null, ssim: 1 } }),
    doneRow('b.png', { isGoalReached: false }),
  ]);
  expect(rows(room)[0]).toContain('equal');
  expect(rows(room)[1]).toContain('goal missed');
});

test('a file of which one frame was painted says so', async () => {
  const room = await ended([doneRow('a.gif', { framesInFile: 12 }), doneRow('b.gif')]);
  expect(rows(room)[0]).toContain('one of 12 frames');
  expect(rows(room)[1]).not.toContain('frames');
});

test('a long list is shown in pages', async () => {
  const room = await withPictures(Array.from({ length: 450 }, (_, at) => `${at}.png`));
  expect(rows(room)).toHaveLength(200);
  await button(room, /^Next$/).trigger('click');
  expect(rows(room)[0]).toContain('200.png');
});

test('a picture of the folder can be opened from the list', async () => {
  const room = await withPictures(['a.png']);
  await button(room, /^a\.png$/).trigger('click');
  expect(room.service.calls('picture.open')[0]!.body).toMatchObject({
    file: 'folder-pictures',
    name: 'a.png',
  });
});
