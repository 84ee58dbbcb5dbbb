// @vitest-environment happy-dom
import { createPinia, type Pinia } from 'pinia';
import { createApp, nextTick } from 'vue';
import { beforeEach, expect, test } from 'vitest';
import { serviceKey } from '../../../renderer/client/service';
import { useRowSelection } from '../../../renderer/stores/rowSelection';
import { useTables } from '../../../renderer/stores/tables';
import { FakeService } from '../fakeService';
import { openTable } from '../fitFixtures';

let pinia: Pinia;
beforeEach(() => {
  pinia = createPinia();
  createApp({}).use(pinia).provide(serviceKey, new FakeService());
  useTables(pinia).summary = openTable();
});

test('rows can be selected, added and taken away, and are told in their order', () => {
  const selection = useRowSelection(pinia);
  selection.select([5, 2]);
  selection.select([9, 2], 'add');
  selection.select([5], 'remove');
  expect([...selection.rows()]).toEqual([2, 9]);
  expect(selection.count).toBe(2);
  expect(selection.has(9)).toBe(true);
  selection.select([1]);
  expect([...selection.rows()]).toEqual([1]);
});

test('nothing is selected once the last row is taken away', () => {
  const selection = useRowSelection(pinia);
  selection.select([3]);
  selection.select([3], 'remove');
  expect(selection.isSelected).toBeNull();
  selection.select([]);
  expect(selection.isSelected).toBeNull();
});

test('another table begins with no selection', async () => {
  const selection = useRowSelection(pinia);
  selection.select([3]);
  useTables(pinia).summary = { ...openTable() };
  await nextTick();
  expect(selection.isSelected).toBeNull();
});
