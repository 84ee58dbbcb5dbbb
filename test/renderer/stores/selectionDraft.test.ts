// @vitest-environment happy-dom
import { createPinia, type Pinia } from 'pinia';
import { createApp } from 'vue';
import { beforeEach, expect, test } from 'vitest';
import { serviceKey } from '../../../renderer/client/service';
import { useModelDraft } from '../../../renderer/stores/modelDraft';
import { useSelectionDraft } from '../../../renderer/stores/selectionDraft';
import { useTables } from '../../../renderer/stores/tables';
import { selectionSize } from '../../../shared/registry/selectionForm';
import { selectionSpecification } from '../../../shared/selection';
import { FakeService } from '../fakeService';
import { column, table } from '../support/tableFixtures';

let pinia: Pinia;
beforeEach(() => {
  pinia = createPinia();
  createApp({}).use(pinia).provide(serviceKey, new FakeService());
  useTables(pinia).summary = table(
    'mixed.csv',
    [
      column({ name: 'length', distinct: 90 }),
      column({ name: 'width', distinct: 90 }),
      column({ name: 'vote', type: 'boolean', distinct: 2 }),
    ],
    150,
  );
});

const optionNamed = (name: string) => {
  const draft = useSelectionDraft(pinia);
  return [...draft.shownOptions, ...draft.shownExtras.flatMap(({ options }) => options)].find(
    (option) => option.name === name,
  )!;
};

test('the models are those that suit the features, until a person chooses', () => {
  const draft = useSelectionDraft(pinia);
  const families = () => new Set(draft.candidates.map(({ model }) => model.family));
  expect(families()).toEqual(new Set(['gaussian', 'kmeans']));
  draft.includeModel('kmeans', true);
  expect(draft.models.some(({ family }) => family === 'kmeans')).toBe(true);
  useTables(pinia).setRole('vote', 'feature');
  expect(families()).toEqual(new Set(['mixed']));
  expect(draft.models.every(({ family }) => family === 'mixed')).toBe(true);
  useTables(pinia).setRole('vote', 'label');
  expect(draft.models.some(({ family }) => family === 'kmeans')).toBe(true);
});

test('the last model cannot be taken out of the grid', () => {
  const draft = useSelectionDraft(pinia);
  for (const key of draft.selectedModels) draft.includeModel(key, false);
  expect(draft.models).toHaveLength(1);
});

test('a single number has only clusters of equal and of varying spread', () => {
  useTables(pinia).setRole('width', 'label');
  const keys = useSelectionDraft(pinia).candidates.map(({ key }) => key);
  expect(keys.filter((key) => key.startsWith('gaussian'))).toEqual(['gaussian EII', 'gaussian VII']);
});

test('the form says what will be compared, with the defaults of the contract', () => {
  const draft = useSelectionDraft(pinia);
  draft.setOption(optionNamed('to'), 4);
  draft.includeExtra('gap', true);
  draft.setOption(optionNamed('references'), 20);
  expect(draft.specification).toEqual(
    selectionSpecification.parse({
      preparation: { features: ['length', 'width'] },
      models: draft.models,
      components: { to: 4 },
      run: {},
      gap: { references: 20 },
    }),
  );
});

test('without validation nothing is held out, and k-means alone has nothing to hold out', () => {
  const draft = useSelectionDraft(pinia);
  draft.setOption(optionNamed('validation'), 'none');
  expect(draft.specification?.validation).toBeNull();
  draft.setOption(optionNamed('validation'), 'leaveOneOut');
  expect(draft.specification?.validation).toEqual({ kind: 'leaveOneOut' });
  draft.includeModel('kmeans', true);
  for (const key of draft.selectedModels) if (key !== 'kmeans') draft.includeModel(key, false);
  expect(draft.specification?.validation).toBeNull();
});

test('what cannot be is said beside its field and blocks the comparison', () => {
  const draft = useSelectionDraft(pinia);
  draft.setOption(optionNamed('from'), 5);
  draft.setOption(optionNamed('to'), 4);
  expect(draft.problemOf(optionNamed('to'))).toBe('Less than where it begins.');
  expect(draft.blockedBecause).toContain('Less than where it begins.');
  expect(draft.specification).toBeNull();
  draft.setOption(optionNamed('to'), 151);
  expect(draft.problemOf(optionNamed('to'))).toBe('There are only 150 rows.');
  draft.asUsual();
  expect(draft.blockedBecause).toBeNull();
});

test('a column of known clusters takes no part, the weights of rows do', () => {
  const model = useModelDraft(pinia);
  model.choices.values['labels'] = 'vote';
  model.choices.values['rowWeights'] = 'width';
  useTables(pinia).setRole('width', 'label');
  expect(useSelectionDraft(pinia).specification?.preparation).toMatchObject({ weights: 'width' });
  expect(useSelectionDraft(pinia).specification?.preparation.labels).toBeUndefined();
});

test('the size counts a fit for each split of each point that has a likelihood', () => {
  const draft = useSelectionDraft(pinia);
  for (const key of draft.selectedModels) if (key !== 'gaussian VVV') draft.includeModel(key, false);
  draft.includeModel('gaussian VVV', true);
  draft.includeModel('kmeans', true);
  for (const key of draft.selectedModels)
    if (key !== 'kmeans' && key !== 'gaussian VVV') draft.includeModel(key, false);
  draft.setOption(optionNamed('to'), 3);
  draft.includeExtra('stability', true);
  expect(selectionSize(draft.specification!, 150)).toEqual({
    points: 6,
    heldOut: 30,
    references: 60,
    resampled: 300,
    drawnByTest: 0,
    restarts: Number(draft.context.values['restarts']),
  });
});

test('a category that bernoulli and latent classes take differently is left to each', () => {
  const tables = useTables(pinia);
  tables.setRole('vote', 'feature');
  tables.setRole('length', 'ignore');
  tables.setRole('width', 'ignore');
  const draft = useSelectionDraft(pinia);
  draft.includeModel('bernoulli', true);
  expect(draft.specification?.preparation.kinds).toEqual({ vote: 'yesNo' });
  draft.includeModel('categorical', true);
  expect(draft.specification?.models.map(({ family }) => family).sort()).toEqual([
    'bernoulli',
    'categorical',
  ]);
  expect(draft.specification?.preparation.kinds).toBeUndefined();
});
