import { defineStore } from 'pinia';
import { computed, reactive, ref, shallowRef, toRaw, watch } from 'vue';
import { possibleKinds } from '../../shared/columnKinds';
import type { FeatureKind } from '../../shared/features';
import type { FitSpecification } from '../../shared/fit';
import { formatCounted } from '../../shared/format';
import type { Family } from '../../shared/model';
import { kindInFamily, suitableFamilies, type ChosenFeature } from '../../shared/registry/families';
import type { OptionDescription, OptionValue } from '../../shared/registry/optionDescription';
import { optionProblem } from '../../shared/registry/optionProblem';
import {
  choicesOf,
  contextOf,
  defaultChoices,
  optionsFor,
  preparationOf,
  specificationOf,
  valueOf as valueIn,
} from '../../shared/registry/specification';
import type { ColumnSummary } from '../../shared/table';
import { useTables } from './tables';

/** What a person is about to fit: the choices of the model room, what is wrong with them, and the specification. */
export const useModelDraft = defineStore('modelDraft', () => {
  const tables = useTables();
  const choices = reactive(defaultChoices());
  /** null: whichever suits the features best. */
  const chosenFamily = ref<Family | null>(null);
  /** Kinds a person chose, by name of column. */
  const chosenKinds = shallowRef<ReadonlyMap<string, FeatureKind>>(new Map());

  /** Columns that can be features. */
  const columns = computed<readonly ColumnSummary[]>(() =>
    (tables.summary?.columns ?? []).filter((column) => possibleKinds(column).length > 0),
  );

  const features = computed<readonly ChosenFeature[]>(() =>
    columns.value
      .filter((column) => tables.features.includes(column.name))
      .map((column) => ({ column, kind: chosenKinds.value.get(column.name) ?? null })),
  );

  const suitabilities = computed(() => suitableFamilies(features.value));

  /** The chosen family while it is possible, else the one that suits best. */
  const family = computed<Family>(() => {
    const all = suitabilities.value;
    const chosen = all.find((one) => one.family === chosenFamily.value);
    return (chosen?.isPossible ? chosen : all[0]).family;
  });

  const context = computed(() => contextOf({ ...choices, family: family.value }, features.value));

  /** null while no feature is chosen. */
  const preparation = computed(() => preparationOf(context.value, features.value));

  const shownOptions = computed(() => optionsFor(context.value));

  /** What is wrong, by name of option; only options that the fit has. */
  const problems = computed(() => {
    const found: Record<string, string> = {};
    for (const option of shownOptions.value) {
      const problem = optionProblem(option, valueOf(option));
      if (problem !== null) found[option.name] = problem;
    }
    return found;
  });

  const components = computed(() => Number(choices.values['components']));

  /** Puts a column among the features, or gives it back what it was suggested to be. */
  function includeColumn(column: ColumnSummary, isUsed: boolean): void {
    const other = column.suggestedRole === 'feature' ? 'ignore' : column.suggestedRole;
    tables.setRole(column.name, isUsed ? 'feature' : other);
  }

  /** The kind a column is taken as; null: none that a model has. */
  function kindOf(column: ColumnSummary): FeatureKind | null {
    return kindInFamily({ column, kind: chosenKinds.value.get(column.name) ?? null }, family.value);
  }

  function setKind(column: ColumnSummary, kind: FeatureKind): void {
    chosenKinds.value = new Map(chosenKinds.value).set(column.name, kind);
  }

  function chooseFamily(next: Family): void {
    chosenFamily.value = next;
  }

  function valueOf(option: OptionDescription): OptionValue {
    return valueIn(option, context.value);
  }

  function setOption(option: OptionDescription, value: OptionValue): void {
    choices.values[option.name] = value;
  }

  function newSeed(): void {
    choices.values['seed'] = crypto.getRandomValues(new Uint32Array(1))[0];
  }

  /** What to fit; null while something is wrong or missing. `rows`: rows that can take part, when known. */
  function specification(rows: number | null): FitSpecification | null {
    return blockedBecause(rows) === null ? specificationOf(context.value, features.value) : null;
  }

  /** Makes the form say what a specification says, as when a remedy was chosen. */
  function adopt(next: FitSpecification): void {
    Object.assign(choices, choicesOf(next, toRaw(choices)));
    chosenFamily.value = next.model.family;
    for (const column of columns.value) {
      const isUsed = next.preparation.features.includes(column.name);
      if (isUsed !== tables.features.includes(column.name)) includeColumn(column, isUsed);
    }
  }

  /** Why no fit can start now, in words; null: one can. */
  function blockedBecause(rows: number | null): string | null {
    if (features.value.length === 0) return 'Choose at least one feature.';
    const suitability = suitabilities.value.find((one) => one.family === family.value);
    if (suitability && !suitability.isPossible) return suitability.reason;
    const [problem] = Object.entries(problems.value);
    if (problem) {
      const label = shownOptions.value.find((option) => option.name === problem[0])?.label ?? problem[0];
      return `${label}: ${problem[1]}`;
    }
    return componentsProblem(rows);
  }

  /** More clusters than rows cannot be filled. */
  function componentsProblem(rows: number | null): string | null {
    return rows !== null && rows > 0 && components.value > rows
      ? `There are ${formatCounted(rows, 'row')} for ${formatCounted(components.value, 'cluster')}: ask for fewer.`
      : null;
  }

  // What was said of the columns of one file means nothing for another's.
  watch(
    () => tables.file?.grant,
    () => {
      chosenKinds.value = new Map();
      chosenFamily.value = null;
      choices.values['labels'] = null;
      choices.values['rowWeights'] = null;
      choices.values['threshold'] = null;
    },
  );

  return {
    choices,
    family,
    columns,
    features,
    suitabilities,
    context,
    preparation,
    shownOptions,
    problems,
    components,
    includeColumn,
    kindOf,
    setKind,
    chooseFamily,
    valueOf,
    setOption,
    newSeed,
    specification,
    adopt,
    blockedBecause,
    componentsProblem,
  };
});
