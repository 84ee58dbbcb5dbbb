// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils';
import { nextTick } from 'vue';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PaintingSummary } from '../../../shared/image/painting';
import { keptPaintings, paintingsKept } from '../../../renderer/composables/usePaintingHistory';
import { followMs, restMs, usePaintings } from '../../../renderer/stores/paintings';
import { usePictures } from '../../../renderer/stores/pictures';
import { useWorkspace } from '../../../renderer/stores/workspace';
import { FakeService } from '../fakeService';
import { paintingNamed, swatchOf } from '../support/paintingFixtures';
import { pictureNamed } from '../support/pictureFixtures';
import { answer, fail } from '../support/settle';
import { provideStores } from '../support/withStores';

let service: FakeService;
beforeEach(() => {
  vi.useFakeTimers();
  service = new FakeService();
  provideStores(service);
});
afterEach(() => {
  vi.useRealTimers();
});

type Paintings = ReturnType<typeof usePaintings>;

/** A store with a picture open and nothing asked for yet. */
function openedQuietly(): Paintings {
  usePictures().summary = pictureNamed('photo.png');
  const paintings = usePaintings();
  paintings.cancel();
  return paintings;
}

const preview = (name: string, change: Partial<PaintingSummary> = {}): PaintingSummary =>
  paintingNamed(name, { precision: 'preview', ...change });
const asked = (): ReturnType<typeof service.calls<'picture.quantise'>> => service.calls('picture.quantise');
const forgotten = (): string[] => service.calls('painting.forget').map(({ body }) => body.painting);
const coloursOf = (paintings: Paintings, colours: number): void =>
  paintings.change({ goal: { kind: 'count', colours } });

/** Asks for so many colours, and lets preview and exact painting come. */
async function settle(paintings: Paintings, colours: number, name: string): Promise<void> {
  coloursOf(paintings, colours);
  await answer(asked().at(-1)!, preview(`${name} preview`));
  await vi.advanceTimersByTimeAsync(restMs);
  await answer(asked().at(-1)!, paintingNamed(name));
}

test('an opened picture is shown in 16 colours by itself, first as a preview', async () => {
  usePictures().summary = pictureNamed('photo.png');
  const paintings = usePaintings();
  expect(asked().map(({ body }) => body.precision)).toEqual(['preview']);
  expect(asked()[0].body.specification.goal).toEqual({ kind: 'count', colours: 16 });
  await answer(asked()[0], preview('a'));
  expect(paintings.current?.painting).toBe('painting-a');
  expect(paintings.isSettled).toBe(false);
});

test('a slider dragged through 50 values leaves one preview under way, and the last one shown', async () => {
  const paintings = openedQuietly();
  for (let colours = 2; colours < 52; colours++) {
    coloursOf(paintings, colours);
    await vi.advanceTimersByTimeAsync(16);
  }
  expect(asked().filter(({ signal }) => !signal!.aborted)).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(followMs);
  const live = asked().filter(({ signal }) => !signal!.aborted);
  expect(live.map(({ body }) => body.specification.goal)).toEqual([{ kind: 'count', colours: 51 }]);
  expect(paintings.isPreviewing).toBe(true);
  for (const call of asked().toReversed()) {
    const { goal } = call.body.specification;
    if (goal.kind === 'count') await answer(call, preview(String(goal.colours)));
  }
  expect(paintings.current?.painting).toBe('painting-51');
  expect(paintings.isPreviewing).toBe(false);
});

test('a preview that ends while the slider moves is shown, and the newest one begins at once', async () => {
  const paintings = openedQuietly();
  coloursOf(paintings, 4);
  const first = asked().at(-1)!;
  await vi.advanceTimersByTimeAsync(16);
  coloursOf(paintings, 5);
  coloursOf(paintings, 6);
  await answer(first, preview('4'));
  expect(paintings.current?.painting).toBe('painting-4');
  expect(asked().at(-1)!.body.specification.goal).toEqual({ kind: 'count', colours: 6 });
  expect(paintings.specification.goal).toEqual({ kind: 'count', colours: 6 });
  await answer(asked().at(-1)!, preview('6'));
  expect(paintings.current?.painting).toBe('painting-6');
  expect(forgotten()).toEqual(['painting-4']);
});

test('a number of colours that fails on the way says nothing and holds up nothing', async () => {
  const paintings = openedQuietly();
  coloursOf(paintings, 2);
  coloursOf(paintings, 9);
  await fail(asked().at(-1)!, { kind: 'tooFewColours', colours: 2, needed: 3 });
  expect(paintings.failure).toBeNull();
  await answer(asked().at(-1)!, preview('9'));
  expect(paintings.current?.painting).toBe('painting-9');
});

test('previews that come too late are forgotten by the service too', async () => {
  const paintings = openedQuietly();
  coloursOf(paintings, 4);
  coloursOf(paintings, 5);
  await vi.advanceTimersByTimeAsync(followMs);
  const [, first, second] = asked();
  await answer(second, preview('5'));
  await answer(first, preview('4'));
  expect(paintings.current?.painting).toBe('painting-5');
  expect(forgotten()).toEqual(['painting-4']);
});

test('the exact painting follows rest, and takes the place of the preview', async () => {
  const paintings = openedQuietly();
  coloursOf(paintings, 8);
  await answer(asked().at(-1)!, preview('quick'));
  await vi.advanceTimersByTimeAsync(restMs - 1);
  expect(asked().at(-1)!.body.precision).toBe('preview');
  await vi.advanceTimersByTimeAsync(1);
  expect(asked().at(-1)!.body.precision).toBe('exact');
  expect(paintings.isRefining).toBe(true);
  await answer(asked().at(-1)!, paintingNamed('best'));
  expect(paintings.current?.painting).toBe('painting-best');
  expect(paintings.isBusy).toBe(false);
  expect(paintings.canUndo).toBe(false);
  expect(forgotten()).toEqual(['painting-quick']);
});

test('a preview that comes behind its own exact painting is not shown', async () => {
  const paintings = openedQuietly();
  coloursOf(paintings, 8);
  const slow = asked().at(-1)!;
  await vi.advanceTimersByTimeAsync(restMs);
  await answer(asked().at(-1)!, paintingNamed('best'));
  await answer(slow, preview('late'));
  expect(paintings.current?.painting).toBe('painting-best');
  expect(forgotten()).toEqual(['painting-late']);
  expect(paintings.isBusy).toBe(false);
});

test('moving on stops the exact fit, and its answer is dropped', async () => {
  const paintings = openedQuietly();
  coloursOf(paintings, 8);
  await vi.advanceTimersByTimeAsync(restMs);
  const exact = asked().at(-1)!;
  coloursOf(paintings, 9);
  await vi.advanceTimersByTimeAsync(followMs);
  expect(exact.signal?.aborted).toBe(true);
  await answer(exact, paintingNamed('8'));
  expect(paintings.current).toBeNull();
  expect(forgotten()).toEqual(['painting-8']);
});

test('cancelling keeps the preview, says so, and no exact fit begins by itself', async () => {
  const paintings = openedQuietly();
  coloursOf(paintings, 8);
  await answer(asked().at(-1)!, preview('quick'));
  const calls = asked().length;
  paintings.cancel();
  await vi.advanceTimersByTimeAsync(10 * restMs);
  expect(asked()).toHaveLength(calls);
  expect(paintings.current?.painting).toBe('painting-quick');
  expect(useWorkspace().message?.text).toBe('Stopped: what is shown is a preview.');
});

test('an exact fit of over half a second is a task that can be cancelled; a shorter one is none', async () => {
  const paintings = openedQuietly();
  const workspace = useWorkspace();
  await settle(paintings, 8, 'short');
  await vi.advanceTimersByTimeAsync(1000);
  expect(workspace.currentTask).toBeNull();
  coloursOf(paintings, 9);
  await vi.advanceTimersByTimeAsync(restMs);
  asked().at(-1)!.emit({ kind: 'step', phase: 'restart', restart: 2, distortion: 5 });
  await vi.advanceTimersByTimeAsync(500);
  expect(workspace.currentTask?.label).toBe('Finding the best palette');
  expect(workspace.currentTask?.detail).toBe('3 of 8 restarts');
  workspace.cancelTask();
  expect(asked().at(-1)!.signal?.aborted).toBe(true);
  await fail(asked().at(-1)!, { kind: 'cancelled' });
  expect(workspace.currentTask).toBeNull();
  expect(paintings.failure).toBeNull();
});

test('a failure is said, what was shown stays, and the exact fit is not tried', async () => {
  const paintings = openedQuietly();
  await settle(paintings, 8, 'good');
  coloursOf(paintings, 2);
  const calls = asked().length;
  await fail(asked().at(-1)!, { kind: 'tooFewColours', colours: 2, needed: 3 });
  await vi.advanceTimersByTimeAsync(10 * restMs);
  expect(paintings.failure).toEqual({ kind: 'tooFewColours', colours: 2, needed: 3 });
  expect(paintings.current?.painting).toBe('painting-good');
  expect(asked()).toHaveLength(calls);
  expect(paintings.isBusy).toBe(false);
});

test('locked colours of the palette shown are asked for in the next fit', async () => {
  const paintings = openedQuietly();
  await settle(paintings, 3, 'free');
  const done = paintings.edit({ kind: 'lock', at: 1, isLocked: true });
  await flushPromises();
  const [first, second] = paintingNamed('free').swatches;
  service
    .calls('painting.edit')[0]
    .answer(paintingNamed('locked', { swatches: [first, { ...second, isLocked: true }] }));
  expect(await done).toBe(true);
  void paintings.refine();
  expect(asked().at(-1)!.body.specification.locked).toEqual([second.colour]);
});

test('a palette with a colour less is refitted with as many as it has, and undo brings the number back', async () => {
  const paintings = openedQuietly();
  await settle(paintings, 3, 'three');
  void paintings.edit({ kind: 'merge', one: 0, other: 1 });
  await flushPromises();
  const swatches = [swatchOf('#111111', 2), swatchOf('#eeeeee', 1)];
  await answer(service.calls('painting.edit')[0], paintingNamed('two', { swatches, fit: null }));
  expect(paintings.specification.goal).toEqual({ kind: 'count', colours: 2 });
  expect(paintings.isSettled).toBe(true);
  paintings.undo();
  expect(paintings.current?.painting).toBe('painting-three');
  expect(paintings.specification.goal).toEqual({ kind: 'count', colours: 3 });
  paintings.redo();
  expect(paintings.current?.painting).toBe('painting-two');
  expect(paintings.specification.goal).toEqual({ kind: 'count', colours: 2 });
});

test('edits in a row are made one after the other, each on the palette of the one before', async () => {
  const paintings = openedQuietly();
  await settle(paintings, 3, 'a');
  void paintings.edit({ kind: 'lock', at: 0, isLocked: true });
  void paintings.edit({ kind: 'lock', at: 1, isLocked: true });
  await flushPromises();
  expect(service.calls('painting.edit')).toHaveLength(1);
  await answer(service.calls('painting.edit')[0], paintingNamed('b'));
  expect(service.calls('painting.edit')[1].body.painting).toBe('painting-b');
  await answer(service.calls('painting.edit')[1], paintingNamed('c'));
  expect(paintings.current?.painting).toBe('painting-c');
});

test('an edit whose places may mean other colours by its turn is not made', async () => {
  const paintings = openedQuietly();
  await settle(paintings, 3, 'a');
  void paintings.edit({ kind: 'remove', at: 0 });
  const second = paintings.edit({ kind: 'remove', at: 2 });
  await flushPromises();
  const fewer = paintingNamed('a').swatches.slice(1);
  await answer(service.calls('painting.edit')[0], paintingNamed('b', { swatches: fewer }));
  expect(await second).toBe(false);
  expect(service.calls('painting.edit')).toHaveLength(1);
});

test('another dithering keeps the palette; of its strengths on the way only the last is kept', async () => {
  const paintings = openedQuietly();
  await settle(paintings, 3, 'plain');
  const fits = asked().length;
  for (const strength of [0.2, 0.4, 0.6])
    paintings.change({ dithering: { kind: 'floydSteinberg', strength } });
  await flushPromises();
  expect(asked()).toHaveLength(fits);
  const edits = service.calls('painting.edit');
  expect(edits.map(({ signal }) => signal?.aborted)).toEqual([true, true, false]);
  await answer(edits[2], paintingNamed('0.6'));
  paintings.change({ dithering: { kind: 'floydSteinberg', strength: 0.8 } });
  await answer(service.calls('painting.edit')[3], paintingNamed('0.8'));
  expect(forgotten()).toEqual(['painting-plain preview', 'painting-0.6']);
  paintings.undo();
  expect(paintings.current?.painting).toBe('painting-plain');
  expect(paintings.specification.dithering).toEqual({ kind: 'none' });
});

test('given colours are painted in the space and dithering of the form, and count as colours asked for', async () => {
  const paintings = openedQuietly();
  paintings.change({ space: 'oklab', goal: { kind: 'bytes', atMost: 5000 } });
  const { colour } = swatchOf('#336699', 1);
  void paintings.paintWith([colour], true);
  await answer(
    service.calls('picture.paintWith')[0],
    paintingNamed('given', { swatches: [swatchOf('#336699', 9, { isLocked: true })], fit: null }),
  );
  expect(service.calls('picture.paintWith')[0].body).toMatchObject({
    colours: [colour],
    space: 'oklab',
    locked: true,
  });
  expect(paintings.specification.goal).toEqual({ kind: 'count', colours: 1 });
});

test('only the last paintings are kept, and what was undone goes with the next one', async () => {
  const paintings = openedQuietly();
  for (let i = 1; i <= keptPaintings + 2; i++) await settle(paintings, i, String(i));
  const old = forgotten().filter((name) => !name.endsWith('preview'));
  expect(old).toEqual(['painting-1', 'painting-2']);
  while (paintings.canUndo) paintings.undo();
  expect(paintings.current?.painting).toBe('painting-3');
  await settle(paintings, 7, 'new');
  expect(paintings.canRedo).toBe(false);
  expect(forgotten().filter((name) => !name.endsWith('preview'))).toHaveLength(keptPaintings + 1);
  paintings.undo();
  expect(paintings.current?.painting).toBe('painting-3');
});

test('of a picture of a hundred megapixels fewer paintings are kept, but one to go back to', async () => {
  expect([1e6, 20e6, 50e6, 400e6].map(paintingsKept)).toEqual([20, 20, 8, 2]);
  usePictures().summary = pictureNamed('huge.tif', { width: 20_000, height: 10_000 });
  const paintings = usePaintings();
  for (const name of ['a', 'b', 'c']) await settle(paintings, 5, name);
  expect(forgotten()).toContain('painting-a');
  paintings.undo();
  expect(paintings.current?.painting).toBe('painting-b');
  expect(paintings.canUndo).toBe(false);
});

test('a lost engine is said, and the picture opened again begins anew by what was asked for last', async () => {
  const paintings = openedQuietly();
  await settle(paintings, 8, 'old');
  coloursOf(paintings, 12);
  await fail(asked().at(-1)!, { kind: 'serviceLost', reason: 'it crashed' });
  expect(paintings.failure).toEqual({ kind: 'serviceLost', reason: 'it crashed' });
  usePictures().summary = pictureNamed('photo.png');
  await nextTick();
  expect(paintings.current).toBeNull();
  expect(paintings.canUndo).toBe(false);
  expect(asked().at(-1)!.body).toMatchObject({
    precision: 'preview',
    specification: { goal: { kind: 'count', colours: 12 } },
  });
  expect(forgotten()).toEqual(['painting-old preview']);
});

test('without a picture nothing is asked for', async () => {
  const paintings = usePaintings();
  coloursOf(paintings, 5);
  expect(await paintings.refine()).toBe(false);
  expect(await paintings.edit({ kind: 'remove', at: 0 })).toBe(false);
  await vi.advanceTimersByTimeAsync(10 * restMs);
  expect(asked()).toEqual([]);
});

test('a lock in a preview does not hold up the exact palette, which is found around it', async () => {
  const paintings = openedQuietly();
  coloursOf(paintings, 3);
  await answer(asked().at(-1)!, preview('quick'));
  void paintings.edit({ kind: 'lock', at: 0, isLocked: true });
  await flushPromises();
  const [first, ...others] = preview('quick').swatches;
  const swatches = [{ ...first, isLocked: true }, ...others];
  await answer(service.calls('painting.edit')[0], preview('locked', { swatches }));
  await vi.advanceTimersByTimeAsync(restMs);
  expect(asked().at(-1)!.body).toMatchObject({
    precision: 'exact',
    specification: { locked: [first.colour] },
  });
  await answer(asked().at(-1)!, paintingNamed('best'));
  expect(forgotten()).toEqual(['painting-quick', 'painting-locked']);
  expect(paintings.canUndo).toBe(false);
});

test('what is shown stays until the number of colours that reaches a goal is found', async () => {
  const paintings = openedQuietly();
  await settle(paintings, 8, 'shown');
  const before = asked().length;
  paintings.change({ goal: { kind: 'quality', measure: 'psnr', atLeast: 30 } });
  expect(asked()).toHaveLength(before);
  await vi.advanceTimersByTimeAsync(restMs);
  expect(asked().at(-1)!.body.precision).toBe('exact');
  asked()
    .at(-1)!
    .emit({ kind: 'trial', tried: { colours: 23, value: 29 } });
  expect(paintings.tried).toEqual([{ colours: 23, value: 29 }]);
  expect(paintings.current?.painting).toBe('painting-shown');
  await answer(asked().at(-1)!, paintingNamed('found'));
  expect(paintings.current?.painting).toBe('painting-found');
});
