// @vitest-environment happy-dom
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import PictureViewer from '../../../../renderer/components/picture/PictureViewer.vue';
import { serviceKey } from '../../../../renderer/client/service';
import { paintingId } from '../../../../shared/ids';
import { FakeService } from '../../fakeService';
import { pictureNamed } from '../../support/pictureFixtures';
import { answer, fail } from '../../support/settle';

enableAutoUnmount(afterEach);
/** A test page lays nothing out: everything has a size at which the picture of 451 x 300 is seen at 200 %. */
class SizeObserver {
  constructor(private readonly listener: (entries: readonly unknown[]) => void) {}
  observe(target: Element): void {
    this.listener([{ target, contentRect: { width: 1000, height: 640 } }]);
  }
  unobserve(): void {}
  disconnect(): void {}
}
beforeEach(() => vi.stubGlobal('ResizeObserver', SizeObserver));
afterEach(() => vi.unstubAllGlobals());

const original = { kind: 'original' } as const;
const painting = (id: string) => ({ kind: 'painting', painting: paintingId.parse(id) }) as const;
const difference = { kind: 'difference', painting: paintingId.parse('one') } as const;
const picture = pictureNamed('cat.png');
const view = { width: 451, height: 300, rgba: new Uint8Array(451 * 300 * 4) };

async function openViewer(props: Partial<InstanceType<typeof PictureViewer>['$props']> = {}) {
  const service = new FakeService();
  const viewer = mount(PictureViewer, {
    attachTo: document.body,
    props: {
      before: original,
      picture,
      after: painting('one'),
      difference,
      beforeLabel: 'Original',
      afterLabel: '8 colours',
      ...props,
    },
    global: { plugins: [createPinia()], provide: { [serviceKey as symbol]: service } },
  });
  await flushPromises();
  const views = () => service.calls('picture.view');
  const last = (kind: string) => views().findLast(({ body }) => body.viewed.kind === kind);
  const key = async (name: string, type = 'keydown', target: EventTarget = window): Promise<void> => {
    target.dispatchEvent(new KeyboardEvent(type, { key: name, bubbles: true, cancelable: true }));
    await flushPromises();
  };
  const zoom = () => viewer.find('output').text();
  /** Both sides are there. */
  const compare = async (): Promise<void> => {
    await answer(last('original')!, view);
    await answer(last('painting')!, view);
  };
  return { viewer, views, last, key, zoom, compare };
}

describe('what is asked for', () => {
  it('both sides at once, whole and at the pixels there are', async () => {
    const { views } = await openViewer();
    expect(views().map(({ body }) => body)).toEqual(
      [original, painting('one')].map((viewed) => ({
        picture: picture.picture,
        viewed,
        frame: 0,
        region: { left: 0, top: 0, width: 451, height: 300 },
        width: 451,
        height: 300,
      })),
    );
  });

  it('of paintings that come while one is being drawn only the last, and none is cut off', async () => {
    const { viewer, views, last } = await openViewer();
    await answer(last('original')!, view);
    const first = last('painting')!;
    for (const id of ['two', 'three', 'four']) await viewer.setProps({ after: painting(id) });
    expect(views()).toHaveLength(2);
    await answer(first, view);
    expect(first.signal?.aborted).toBe(false);
    expect(last('painting')!.body.viewed).toEqual(painting('four'));
    expect(views()).toHaveLength(3);
  });

  it('of the next picture its own parts, never those that were seen of the one before', async () => {
    const { viewer, views, compare } = await openViewer();
    await compare();
    const next = { ...pictureNamed('large.png'), width: 12_500, height: 8000 };
    await viewer.setProps({ before: { kind: 'original' }, picture: next, after: null, difference: null });
    await flushPromises();
    const asked = views().filter(({ body }) => body.picture === next.picture);
    expect(asked.map(({ body }) => body.region)).toEqual([{ left: 0, top: 0, width: 12_500, height: 8000 }]);
  });

  it('nothing of a difference until it is looked at', async () => {
    const { viewer, last, key, compare } = await openViewer();
    await compare();
    expect(last('difference')).toBeUndefined();
    await key('d');
    await answer(last('difference')!, { ...view, white: 12 });
    expect(viewer.text()).toContain('white from 12 of 255');
    expect(viewer.find('[role="slider"]').exists()).toBe(false);
    await key('d');
    expect(viewer.find('[role="slider"]').exists()).toBe(true);
  });

  it('a view that fails is told in words, until one succeeds', async () => {
    const { viewer, last } = await openViewer();
    await fail(last('painting')!, { kind: 'unknownPicture' });
    expect(viewer.find('[role="alert"]').exists()).toBe(true);
    await viewer.setProps({ after: painting('two') });
    await answer(last('painting')!, view);
    expect(viewer.find('[role="alert"]').exists()).toBe(false);
  });

  it('one that failed because its painting is gone says nothing when there is another already', async () => {
    const { viewer, last } = await openViewer();
    const gone = last('painting')!;
    await viewer.setProps({ after: painting('two') });
    await fail(gone, { kind: 'unknownPicture' });
    expect(viewer.find('[role="alert"]').exists()).toBe(false);
  });
});

describe('keys', () => {
  it('zoom in, out, to the pixels and back to all of it', async () => {
    const { key, zoom } = await openViewer();
    expect(zoom()).toBe('200 %');
    await key('+');
    expect(zoom()).toBe('300 %');
    await key('1');
    expect(zoom()).toBe('100 %');
    await key('-');
    expect(zoom()).toBe('100 %');
    await key('0');
    expect(zoom()).toBe('200 %');
  });

  it('B shows the original for as long as it is held', async () => {
    const { viewer, key, compare } = await openViewer();
    await compare();
    await key('b');
    expect(viewer.text()).not.toContain('8 colours');
    await key('b', 'keyup');
    expect(viewer.text()).toContain('8 colours');
  });

  it('typed into a field do nothing here; on a slider they do', async () => {
    const { key, zoom } = await openViewer();
    const field = document.createElement('input');
    document.body.append(field);
    await key('+', 'keydown', field);
    expect(zoom()).toBe('200 %');
    field.type = 'range';
    await key('+', 'keydown', field);
    expect(zoom()).toBe('300 %');
    field.remove();
  });

  it('move the line between before and after, to its ends and no farther', async () => {
    const { viewer, compare } = await openViewer();
    await compare();
    const divider = viewer.find('[role="slider"]');
    const now = () => divider.attributes('aria-valuenow');
    expect(now()).toBe('50');
    await divider.trigger('keydown', { key: 'ArrowRight' });
    expect(now()).toBe('51');
    await divider.trigger('keydown', { key: 'ArrowLeft', shiftKey: true });
    expect(now()).toBe('41');
    await divider.trigger('keydown', { key: 'PageUp' });
    expect(now()).toBe('51');
    await divider.trigger('keydown', { key: 'End' });
    await divider.trigger('keydown', { key: 'ArrowRight' });
    expect(now()).toBe('100');
  });
});

describe('the pointer', () => {
  const press = async (
    viewer: Awaited<ReturnType<typeof openViewer>>['viewer'],
    ...places: [number, number][]
  ) => {
    const stage = viewer.find('.stage');
    (stage.element as HTMLElement).setPointerCapture = () => undefined;
    const [first, ...others] = places;
    const at = ([clientX, clientY]: [number, number]) => ({ clientX, clientY, button: 0 });
    await stage.trigger('pointerdown', at(first!));
    for (const place of others) await stage.trigger('pointermove', at(place));
    await stage.trigger('pointerup', at(places.at(-1)!));
  };

  it('picks the pixel under a click', async () => {
    const { viewer } = await openViewer();
    // The picture begins at (49, 20) and each pixel is 2 x 2.
    await press(viewer, [49 + 2 * 7 + 1, 20 + 2 * 30]);
    expect(viewer.emitted('pick')).toEqual([[7, 30]]);
  });

  it('picks nothing beside the picture, nor at the end of a drag', async () => {
    const { viewer } = await openViewer();
    await press(viewer, [5, 300]);
    await press(viewer, [300, 300], [320, 310], [300, 300]);
    expect(viewer.emitted('pick')).toBeUndefined();
  });

  it('over the picture tells the pixel, and beside it nothing', async () => {
    const { viewer, compare } = await openViewer();
    await compare();
    const stage = viewer.find('.stage');
    await stage.trigger('pointermove', { clientX: 49 + 2 * 7, clientY: 20 + 2 * 30 });
    expect(viewer.find('.readout').text()).toBe('7, 30  transparent → transparent');
    await stage.trigger('pointermove', { clientX: 5, clientY: 300 });
    expect(viewer.find('.readout').exists()).toBe(false);
  });

  it('zooms by the wheel', async () => {
    const { viewer, zoom } = await openViewer();
    await viewer.find('.stage').trigger('wheel', { deltaY: -500, clientX: 500, clientY: 320 });
    expect(zoom()).toBe('544 %');
  });
});

it('the original is shown whole until there is something beside it', async () => {
  const { viewer, last } = await openViewer();
  await answer(last('original')!, view);
  expect(viewer.find('[role="slider"]').exists()).toBe(false);
  await answer(last('painting')!, view);
  expect(viewer.find('[role="slider"]').exists()).toBe(true);
});

it('a picture alone has no line, and no comparing', async () => {
  const { viewer, views } = await openViewer({ after: null });
  expect(views()).toHaveLength(1);
  expect(viewer.find('[role="slider"]').exists()).toBe(false);
  expect(viewer.text()).not.toContain('Difference');
});
