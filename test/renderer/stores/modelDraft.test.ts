// @vitest-environment happy-dom
import { createPinia, type Pinia } from 'pinia';
import { createApp, nextTick } from 'vue';
import { beforeEach, expect, test } from 'vitest';
import { serviceKey } from '../../../renderer/client/service';
import { useModelDraft } from '../../../renderer/stores/modelDraft';
import { useTables } from '../../../renderer/stores/tables';
import { FakeService } from '../fakeService';
import { column, fileNamed, table } from '../support/tableFixtures';

let pinia: Pinia;
beforeEach(() => {
  pinia = createPinia();
  createApp({}).use(pinia).provide(serviceKey, new FakeService());
  useTables(pinia).summary = table('mixed.csv', [
    column({ name: 'length', distinct: 90 }),
    column({ name: 'vote', type: 'boolean', distinct: 2 }),
    column({ name: 'party', type: 'category', distinct: 3 }),
  ]);
});

test('the family follows the features until a person chooses one', () => {
  const draft = useModelDraft(pinia);
  const tables = useTables(pinia);
  expect(draft.family).toBe('gaussian');
  tables.setRole('party', 'feature');
  expect(draft.family).toBe('mixed');
  tables.setRole('length', 'ignore');
  expect(draft.family).toBe('categorical');
  draft.chooseFamily('mixed');
  expect(draft.family).toBe('mixed');
});

test('a chosen family that the features do not suit gives way, and comes back with them', () => {
  const draft = useModelDraft(pinia);
  draft.chooseFamily('kmeans');
  useTables(pinia).setRole('vote', 'feature');
  expect(draft.family).toBe('mixed');
  expect(draft.blockedBecause(null)).toBeNull();
  useTables(pinia).setRole('vote', 'label');
  expect(draft.family).toBe('kmeans');
});

test('a number taken as yes/no blocks the fit until it is said from where on it is yes', () => {
  const draft = useModelDraft(pinia);
  draft.setKind(draft.columns[0], 'yesNo');
  expect(draft.family).toBe('bernoulli');
  expect(draft.blockedBecause(null)).toBe('Yes from: Enter a number.');
  draft.setOption(
    draft.shownOptions.find((option) => option.name === 'threshold')!,
    2.5,
  );
  expect(draft.specification(null)?.preparation).toMatchObject({
    kinds: { length: 'yesNo' },
    threshold: 2.5,
  });
});

test('a specification that is adopted is what the form then says', () => {
  const draft = useModelDraft(pinia);
  useTables(pinia).setRole('party', 'feature');
  const before = draft.specification(null)!;
  const changed = {
    ...before,
    preparation: { ...before.preparation, features: ['length'], kinds: { length: 'number' as const } },
    model: { ...before.model, components: 5 },
  };
  draft.adopt(changed);
  expect(useTables(pinia).features).toEqual(['length']);
  expect(draft.specification(null)).toEqual(changed);
});

test('what was said of the columns of one file is forgotten with it', async () => {
  const draft = useModelDraft(pinia);
  useTables(pinia).file = fileNamed('mixed.csv');
  await nextTick();
  draft.setKind(draft.columns[0], 'category');
  draft.chooseFamily('categorical');
  useTables(pinia).file = fileNamed('other.csv');
  await nextTick();
  expect(draft.kindOf(draft.columns[0])).toBe('number');
  expect(draft.family).toBe('gaussian');
});
