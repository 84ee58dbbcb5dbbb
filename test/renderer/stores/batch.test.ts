// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { useBatch } from '../../../renderer/stores/batch';
import { sourceName } from '../../../renderer/stores/pictureSource';
import { usePaintings } from '../../../renderer/stores/paintings';
import { useSegmentation } from '../../../renderer/stores/segmentation';
import { useWorkspace } from '../../../renderer/stores/workspace';
import { FakeService } from '../fakeService';
import { batchSummaryOf, doneRow, failedRow, folderNamed, foundPicture } from '../support/batchFixtures';
import { answer, fail } from '../support/settle';
import { fileNamed } from '../support/tableFixtures';
import { provideStores } from '../support/withStores';

let service: FakeService;
beforeEach(() => {
  service = new FakeService();
  provideStores(service);
});

/** A store with a folder of three pictures open. */
async function withFolder(): Promise<ReturnType<typeof useBatch>> {
  const batch = useBatch();
  void batch.openFolder(folderNamed('holiday'));
  await answer(service.calls('folder.pictures').at(-1)!, {
    pictures: ['a.png', 'b.png', 'c.png'].map((name) => foundPicture(name)),
    others: 1,
  });
  return batch;
}

/** The same with a folder for results, and started. */
async function running(): Promise<{
  batch: ReturnType<typeof useBatch>;
  call: ReturnType<typeof service.calls<'folder.quantise'>>[number];
  ended: Promise<void>;
}> {
  const batch = await withFolder();
  batch.into = folderNamed('results');
  const ended = batch.start();
  return { batch, call: service.calls('folder.quantise').at(-1)!, ended };
}

test('a folder that cannot be read leaves the one before', async () => {
  const batch = await withFolder();
  void batch.openFolder(folderNamed('gone'));
  await fail(service.calls('folder.pictures').at(-1)!, { kind: 'fileMissing', file: 'gone' });
  expect(sourceName(batch.source!)).toBe('holiday');
  expect(batch.openFailure).toEqual({ kind: 'fileMissing', file: 'gone' });
  expect(batch.opening).toBeNull();
});

test('of two folders opened at once the later one counts, whichever is read first', async () => {
  const batch = useBatch();
  void batch.openFolder(folderNamed('first'));
  void batch.openFolder(folderNamed('second'));
  const [first, second] = service.calls('folder.pictures');
  await answer(second!, { pictures: [foundPicture('b.png')], others: 0 });
  await answer(first!, { pictures: [foundPicture('a.png')], others: 0 });
  expect(sourceName(batch.source!)).toBe('second');
});

test('what stands in the way is said in the order in which it is set', async () => {
  const batch = useBatch();
  expect(batch.blockedBecause).toMatch(/Choose pictures/);
  await withFolder();
  expect(batch.blockedBecause).toMatch(/folder for the results/);
  batch.takeAll(false);
  expect(batch.blockedBecause).toMatch(/No picture/);
  batch.takeAll(true);
  batch.paletteSource = 'open';
  expect(batch.blockedBecause).toMatch(/no open picture/);
  batch.paletteSource = 'file';
  expect(batch.blockedBecause).toMatch(/palette file/);
  batch.paletteSource = 'shared';
  usePaintings().change({ goal: { kind: 'bytes', atMost: 1000 } });
  expect(batch.blockedBecause).toMatch(/palette for all/);
  batch.paletteSource = 'own';
  batch.into = folderNamed('results');
  expect(batch.blockedBecause).toBeNull();
});

test('only the pictures that are taken are asked for, with the settings of the Colours room', async () => {
  const batch = await withFolder();
  batch.into = folderNamed('results');
  batch.take('b.png', false);
  batch.takeExtra('areas', true);
  const mm = { pixelsPerUnit: 12.5, unit: 'mm' };
  useSegmentation().scale = mm;
  useSegmentation().settings = { smallest: 20, connectivity: 8 };
  usePaintings().change({ goal: { kind: 'count', colours: 7 } });
  void batch.start();
  const { body } = service.calls('folder.quantise')[0]!;
  expect(body.source).toEqual({ kind: 'folder', folder: 'folder-holiday', names: ['a.png', 'c.png'] });
  expect(body.into).toBe('folder-results');
  expect(body.specification.goal).toEqual({ kind: 'count', colours: 7 });
  expect(body.palette).toEqual({ kind: 'own' });
  expect(body.extras).toEqual(['areas']);
  expect([body.segments, body.scale]).toEqual([{ smallest: 20, connectivity: 8 }, mm]);
});

test('a palette file that cannot be read leaves the palette before', async () => {
  const batch = await withFolder();
  const grey = { red: 128, green: 128, blue: 128, opacity: 255 };
  void batch.readPalette(fileNamed('grey.gpl'));
  await answer(service.calls('palette.read')[0]!, { colours: [grey], names: ['ash'], estimated: 0 });
  void batch.readPalette(fileNamed('bad.gpl'));
  await fail(service.calls('palette.read')[1]!, { kind: 'badPalette', file: 'bad.gpl', problem: 'empty' });
  expect(batch.filePalette?.file.name).toBe('grey.gpl');
  expect(batch.paletteFailure).not.toBeNull();
  batch.into = folderNamed('results');
  batch.paletteSource = 'file';
  void batch.start();
  expect(service.calls('folder.quantise')[0]!.body.palette).toEqual({
    kind: 'given',
    colours: [grey],
    names: ['ash'],
  });
});

test('each picture waits, is worked on, and has an outcome', async () => {
  const { batch, call } = await running();
  const workspace = useWorkspace();
  call.emit({ kind: 'started', file: 'a.png', total: 3 });
  call.emit({ kind: 'started', file: 'b.png', total: 3 });
  call.emit({ kind: 'row', row: failedRow('b.png'), done: 1, total: 3 });
  expect(['a.png', 'b.png', 'c.png'].map((name) => batch.stateOf(name).kind)).toEqual([
    'working',
    'failed',
    'waiting',
  ]);
  expect(workspace.currentTask).toMatchObject({ fraction: 1 / 3, detail: '1 of 3 pictures' });
});

test('counting colours for a shared palette is told apart from quantising', async () => {
  const { batch, call } = await running();
  call.emit({ kind: 'counted', done: 2, total: 3 });
  expect(batch.counted).toBe(2);
  call.emit({ kind: 'started', file: 'a.png', total: 3 });
  expect(batch.counted).toBeNull();
  expect(batch.done).toBe(0);
});

test('a batch that ended has every outcome of its summary, also those whose events did not come', async () => {
  const { batch, call, ended } = await running();
  await answer(call, batchSummaryOf([doneRow('a.png'), failedRow('b.png'), doneRow('c.png')]));
  await ended;
  expect(batch.isRunning).toBe(false);
  expect(batch.outcomes.size).toBe(3);
  expect(batch.summary?.isComplete).toBe(true);
  expect(useWorkspace().currentTask).toBeNull();
});

test('cancelling keeps what is written', async () => {
  const { batch, call, ended } = await running();
  call.emit({ kind: 'row', row: doneRow('a.png'), done: 1, total: 3 });
  batch.cancel();
  expect(batch.isCancelling).toBe(true);
  expect(call.signal?.aborted).toBe(true);
  await answer(call, batchSummaryOf([doneRow('a.png')], false));
  await ended;
  expect(batch.isCancelling).toBe(false);
  expect(batch.stateOf('a.png').kind).toBe('done');
  expect(batch.stateOf('b.png').kind).toBe('waiting');
});

test('a failure of the whole batch is kept, and it can be started again', async () => {
  const { batch, call, ended } = await running();
  await fail(call, { kind: 'notWritten', file: 'results', problem: 'the disk is full' });
  await ended;
  expect(batch.failure).toMatchObject({ kind: 'notWritten' });
  void batch.start();
  expect(batch.failure).toBeNull();
  expect(service.calls('folder.quantise')).toHaveLength(2);
});

test('no other folder is opened while a batch runs', async () => {
  const { batch } = await running();
  expect(await batch.openFolder(folderNamed('other'))).toBe(false);
  expect(service.calls('folder.pictures')).toHaveLength(1);
  expect(useWorkspace().message?.tone).toBe('danger');
});

test('another folder forgets what became of the pictures before', async () => {
  const { batch, call, ended } = await running();
  await answer(call, batchSummaryOf([doneRow('a.png')]));
  await ended;
  await withFolder();
  expect(batch.outcomes.size).toBe(0);
  expect(batch.summary).toBeNull();
});

test('chosen pictures are asked for by their own grants, those that are left out are not', async () => {
  const batch = useBatch();
  const pictures = ['a.gif', 'b.gif', 'c.gif'].map((name) => ({
    file: fileNamed(name),
    format: 'gif' as const,
    sizeBytes: 10,
  }));
  expect(batch.openFiles(pictures, 0)).toEqual([]);
  expect(sourceName(batch.source!)).toBe('3 chosen pictures');
  batch.take('b.gif', false);
  batch.frames = 'all';
  batch.into = folderNamed('results');
  void batch.start();
  const { body } = service.calls('folder.quantise').at(-1)!;
  expect(body.source).toEqual({ kind: 'files', files: ['grant-a.gif', 'grant-c.gif'] });
  expect(body.frame).toBe('all');
  expect(batch.openFiles(pictures, 0)).toBeNull();
});
