// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia';
import { effectScope, type EffectScope } from 'vue';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useWindowKeys } from '../../renderer/composables/useWindowKeys';
import { useWorkspace } from '../../renderer/stores/workspace';

let scope: EffectScope;
beforeEach(() => {
  setActivePinia(createPinia());
  scope = effectScope();
  scope.run(useWindowKeys);
});
afterEach(() => {
  scope.stop();
  document.body.innerHTML = '';
});

const press = (key: string, ctrlKey = false): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, ctrlKey, cancelable: true });
  window.dispatchEvent(event);
  return event;
};

test('Control and a number goes to the step of that place, a closed one says why', () => {
  const workspace = useWorkspace();
  workspace.blockStep('data', null);
  workspace.blockStep('model', null);
  expect(press('2', true).defaultPrevented).toBe(true);
  expect(workspace.room).toBe('model');
  press('4', true);
  expect(workspace.room).toBe('model');
  expect(workspace.message?.text).toBe('Nothing has been fitted yet.');
  expect(press('9', true).defaultPrevented).toBe(false);
});

test('F1 asks for the keys, and a key without Control is nobody’s here', () => {
  const workspace = useWorkspace();
  const shown = vi.fn();
  workspace.onCommand('keys', shown);
  press('F1');
  expect(shown).toHaveBeenCalledOnce();
  expect(press('2').defaultPrevented).toBe(false);
});

test('while a dialog is open it has the keys', () => {
  document.body.innerHTML = '<div role="dialog"></div>';
  const workspace = useWorkspace();
  const cancel = vi.fn();
  workspace.startTask('Reading', cancel);
  expect(press('Escape').defaultPrevented).toBe(false);
  expect(cancel).not.toHaveBeenCalled();
});
