import { defineStore } from 'pinia';
import { computed, shallowReactive, shallowRef, watch } from 'vue';
import { defaultGrid, type DefaultGrid } from '../../shared/defaultGrid';
import { formatCounted } from '../../shared/format';
import type { ModelOfAnySize } from '../../shared/model';
import { gridModelKey, gridModels, type GridModel } from '../../shared/registry/gridModels';
import type { FormContext, OptionDescription, OptionValue } from '../../shared/registry/optionDescription';
import { optionProblem } from '../../shared/registry/optionProblem';
import {
  extrasFor,
  gridOptionsFor,
  gridPreparationOf,
  selectionSpecificationOf,
} from '../../shared/registry/selectionForm';
import { gridOptions, selectionExtras, type SelectionExtra } from '../../shared/registry/selectionOptions';
import { contextOf, valueOf as valueIn } from '../../shared/registry/specification';
import type { SelectionSpecification } from '../../shared/selection';
import { useModelDraft } from './modelDraft';
import { useTables } from './tables';

const defaults: Readonly<Record<string, OptionValue>> = Object.fromEntries(
  [...gridOptions, ...selectionExtras.flatMap(({ options }) => options)].map((option) => [
    option.name,
    option.default,
  ]),
);

/**
 * What a person is about to compare: features and how they enter are those of the model room; models, numbers of
 * clusters and the rest follow the data until a person says otherwise.
 */
export const useSelectionDraft = defineStore('selectionDraft', () => {
  const tables = useTables();
  const draft = useModelDraft();
  /** What a person said, by name of option; nothing: as suits the data. */
  const chosenValues = shallowReactive<Record<string, OptionValue>>({});
  /** Keys of the models a person chose; null: those that suit the data. */
  const chosenModels = shallowRef<ReadonlySet<string> | null>(null);
  /** Extras a person chose; null: those that suit the data. */
  const chosenExtras = shallowRef<ReadonlySet<SelectionExtra['extra']> | null>(null);

  const candidates = computed<readonly GridModel[]>(() =>
    draft.features.length === 0 ? [] : gridModels(draft.features),
  );
  /** The grid that suits the data. */
  const usual = computed(() => defaultGrid(draft.features, tables.summary?.rows ?? 0));

  const extras = computed<ReadonlySet<SelectionExtra['extra']>>(
    () => chosenExtras.value ?? new Set(usual.value?.gap ? ['gap'] : []),
  );

  /** Keys of the models to be compared; what a person chose and the features do not suit waits until they do. */
  const selectedModels = computed<ReadonlySet<string>>(() => {
    const known = candidates.value.map(({ key }) => key);
    const chosen = known.filter((key) => chosenModels.value?.has(key));
    return new Set(chosen.length > 0 ? chosen : usual.value?.models.map(gridModelKey));
  });
  const models = computed<readonly ModelOfAnySize[]>(() =>
    candidates.value
      .filter(({ key }) => selectedModels.value.has(key))
      .map(({ key, model }) => usual.value?.models.find((one) => gridModelKey(one) === key) ?? model),
  );

  const context = computed<FormContext>(() => {
    const family = models.value[0]?.family ?? draft.family;
    return {
      ...contextOf({ ...draft.choices, family }, draft.features),
      values: { ...defaults, ...valuesOf(usual.value), ...chosenValues },
    };
  });
  const preparation = computed(() =>
    gridPreparationOf(draft.choices, draft.features, [...new Set(models.value.map(({ family }) => family))]),
  );
  const shownOptions = computed(() => gridOptionsFor(context.value));
  const shownExtras = computed(() => extrasFor(context.value, models.value));
  const isAsUsual = computed(
    () =>
      chosenModels.value === null && chosenExtras.value === null && Object.keys(chosenValues).length === 0,
  );

  function valueOf(option: OptionDescription): OptionValue {
    return valueIn(option, context.value);
  }

  function setOption(option: OptionDescription, value: OptionValue): void {
    chosenValues[option.name] = value;
  }

  /** Puts a model into the grid or takes it out; the last one stays. */
  function includeModel(key: string, isUsed: boolean): void {
    const next = new Set(selectedModels.value);
    if (isUsed) next.add(key);
    else if (next.size > 1) next.delete(key);
    chosenModels.value = next;
  }

  function includeExtra(extra: SelectionExtra['extra'], isUsed: boolean): void {
    const next = new Set(extras.value);
    if (isUsed) next.add(extra);
    else next.delete(extra);
    chosenExtras.value = next;
  }

  function newSeed(): void {
    chosenValues['seed'] = crypto.getRandomValues(new Uint32Array(1))[0];
  }

  /** Goes back to what suits the data. */
  function asUsual(): void {
    chosenModels.value = null;
    chosenExtras.value = null;
    for (const name of Object.keys(chosenValues)) Reflect.deleteProperty(chosenValues, name);
  }

  /** What is wrong with a value, said beside its field; null: nothing. */
  function problemOf(option: OptionDescription): string | null {
    const problem = optionProblem(option, valueOf(option));
    if (problem !== null || option.name !== 'to') return problem;
    const rows = tables.summary?.rows ?? 0;
    const to = Number(context.value.values['to']);
    if (to < Number(context.value.values['from'])) return 'Less than where it begins.';
    return to > rows ? `There are only ${formatCounted(rows, 'row')}.` : null;
  }

  /** Why nothing can be compared now, in words; null: it can. */
  const blockedBecause = computed<string | null>(() => {
    if (draft.features.length === 0) return 'Choose at least one feature in the Model room.';
    if (candidates.value.length === 0)
      return draft.suitabilities[0]?.reason ?? 'No model suits these features.';
    const asked = [
      ...shownOptions.value,
      ...shownExtras.value.filter(({ extra }) => extras.value.has(extra)).flatMap(({ options }) => options),
    ];
    const wrong = asked.find((option) => problemOf(option) !== null);
    if (wrong) return `${wrong.label}: ${problemOf(wrong)}`;
    const threshold = draft.problems['threshold'];
    return threshold === undefined ? null : `Yes from, in the Model room: ${threshold}`;
  });

  /** What to compare; null while something is wrong or missing. */
  const specification = computed<SelectionSpecification | null>(() =>
    blockedBecause.value !== null || !preparation.value
      ? null
      : selectionSpecificationOf(context.value, preparation.value, models.value, extras.value),
  );

  // What was said for the columns of one file means nothing for another's.
  watch(() => tables.file?.grant, asUsual);

  return {
    candidates,
    selectedModels,
    models,
    context,
    shownOptions,
    shownExtras,
    extras,
    usual,
    isAsUsual,
    blockedBecause,
    specification,
    valueOf,
    setOption,
    includeModel,
    includeExtra,
    newSeed,
    asUsual,
    problemOf,
  };
});

/** What suits the data, as values of options. */
function valuesOf(grid: DefaultGrid | null): Record<string, OptionValue> {
  if (!grid) return {};
  const { components, restarts, validation, gap } = grid;
  return {
    from: components.from,
    to: components.to,
    restarts,
    validation: validation?.kind ?? 'none',
    ...(gap ? { references: gap.references } : {}),
    ...(validation?.kind === 'folds' ? { folds: validation.folds, repeats: validation.repeats } : {}),
  };
}
