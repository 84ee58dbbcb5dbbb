// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { usePaintingKeys } from '../../renderer/composables/usePaintingKeys';
import { restMs } from '../../renderer/stores/paintings';
import { useWorkspace } from '../../renderer/stores/workspace';
import { mountPart, type MountedPart } from './support/mountPart';
import { paintingNamed } from './support/paintingFixtures';
import { answer } from './support/settle';

const Room = defineComponent(() => {
  usePaintingKeys();
  return () => [h('input', { type: 'text' }), h('input', { type: 'range' })];
});

let part: MountedPart;
beforeEach(async () => {
  vi.useFakeTimers();
  part = await mountPart(Room);
  await answer(asked()[0], paintingNamed('first', { precision: 'preview' }));
});
afterEach(() => {
  part.wrapper.unmount();
  vi.useRealTimers();
});

const asked = () => part.service.calls('picture.quantise');
const shown = () => part.paintings.current?.painting;
const press = (key: string, target: EventTarget = window, more = {}): boolean =>
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true, ...more }),
  );

async function twoPaintings(): Promise<void> {
  await vi.advanceTimersByTimeAsync(restMs);
  await answer(asked().at(-1)!, paintingNamed('one'));
  part.paintings.change({ goal: { kind: 'count', colours: 5 } });
  await vi.advanceTimersByTimeAsync(restMs);
  await answer(asked().at(-1)!, paintingNamed('two'));
}

test('Ctrl+Z goes back, Ctrl+Y and Ctrl+Shift+Z go forth again', async () => {
  await twoPaintings();
  press('z');
  expect(shown()).toBe('painting-one');
  press('y');
  expect(shown()).toBe('painting-two');
  press('z');
  press('Z', window, { shiftKey: true });
  expect(shown()).toBe('painting-two');
});

test('a field that is typed into keeps its own undo, a slider has none', async () => {
  await twoPaintings();
  const [text, slider] = part.wrapper.findAll('input').map(({ element }) => element);
  text.dispatchEvent(new Event('input', { bubbles: true }));
  expect(press('z', text)).toBe(true);
  expect(shown()).toBe('painting-two');
  expect(press('z', slider)).toBe(false);
  expect(shown()).toBe('painting-one');
});

test('what was taken over from a field is undone from the field, but not from a dialog', async () => {
  await twoPaintings();
  const [text] = part.wrapper.findAll('input').map(({ element }) => element);
  const dialog = document.createElement('div');
  dialog.setAttribute('role', 'dialog');
  const inside = dialog.appendChild(document.createElement('input'));
  document.body.append(dialog);
  expect(press('z', inside)).toBe(true);
  dialog.remove();
  expect(shown()).toBe('painting-two');
  text.dispatchEvent(new Event('input', { bubbles: true }));
  text.dispatchEvent(new Event('change', { bubbles: true }));
  expect(press('z', text)).toBe(false);
  expect(shown()).toBe('painting-one');
});

test('the command to fit finds the best palette at once, while the room is in sight', () => {
  const workspace = useWorkspace(part.pinia);
  workspace.command('fit');
  expect(asked().at(-1)!.body.precision).toBe('exact');
  const calls = asked().length;
  part.wrapper.unmount();
  workspace.command('fit');
  expect(asked()).toHaveLength(calls);
});
