import { defineStore } from 'pinia';
import { computed, reactive, toRaw } from 'vue';
import type { FitSpecification, Preparation } from '../../shared/fit';
import type { ModelSpecification } from '../../shared/model';
import { formatCounted } from '../../shared/format';
import { isNumeric, type ColumnSummary } from '../../shared/table';
import {
  choicesFor,
  defaultChoices,
  optionProblem,
  options,
  type ModelChoices,
  type OptionDescription,
} from '../components/fit/options';
import { useTables } from './tables';

/** What a person is about to fit: the choices of the model room, what is wrong with them, and the specification. */
export const useModelDraft = defineStore('modelDraft', () => {
  const tables = useTables();
  const choices = reactive<ModelChoices>(defaultChoices());

  /** Columns that can be features. */
  const numericColumns = computed<readonly ColumnSummary[]>(() =>
    (tables.summary?.columns ?? []).filter((column) => isNumeric(column.type)),
  );

  /** null while no feature is chosen. */
  const preparation = computed<Preparation | null>(() =>
    tables.features.length === 0
      ? null
      : { features: [...tables.features], scaling: choices.scaling, missing: 'dropRows' },
  );

  const shownOptions = computed(() =>
    options.filter((option) => option.families === undefined || option.families.includes(choices.family)),
  );

  /** What is wrong, by name of option; only options that the family has. */
  const problems = computed(() => {
    const found: Partial<Record<OptionDescription['name'], string>> = {};
    for (const option of shownOptions.value) {
      const problem = optionProblem(option, valueOf(option));
      if (problem !== null) found[option.name] = problem;
    }
    return found;
  });

  /** Puts a column among the features, or gives it back what it was suggested to be. */
  function includeColumn(column: ColumnSummary, isUsed: boolean): void {
    const other = column.suggestedRole === 'feature' ? 'ignore' : column.suggestedRole;
    tables.setRole(column.name, isUsed ? 'feature' : other);
  }

  /** The value of an option as it will be used: the first one allowed where the chosen one is not of this family. */
  function valueOf(option: OptionDescription): number | string {
    const value = choices[option.name];
    if (option.kind === 'number') return value;
    const allowed = choicesFor(option, choices.family);
    return allowed.some((choice) => choice.value === value) ? value : (allowed[0]?.value ?? value);
  }

  function setOption(option: OptionDescription, value: number | string): void {
    Object.assign(choices, { [option.name]: value });
  }

  function newSeed(): void {
    choices.seed = crypto.getRandomValues(new Uint32Array(1))[0];
  }

  /** What to fit; null while something is wrong or missing. `rows`: rows that can take part, when known. */
  function specification(rows: number | null): FitSpecification | null {
    if (!preparation.value || blockedBecause(rows) !== null) return null;
    const { restarts, tolerance, maxIterations, seed } = toRaw(choices);
    return {
      preparation: preparation.value,
      model: model(choices),
      start: { method: startMethod() },
      run: { restarts, tolerance, maxIterations, seed },
    };
  }

  function startMethod(): ModelChoices['start'] {
    return choices.family === 'kmeans' && choices.start === 'kmeans' ? 'kmeans++' : choices.start;
  }

  /** Why no fit can start now, in words; null: one can. */
  function blockedBecause(rows: number | null): string | null {
    if (tables.features.length === 0) return 'Choose at least one feature.';
    const [problem] = Object.entries(problems.value);
    if (problem) {
      const label = options.find((option) => option.name === problem[0])?.label ?? problem[0];
      return `${label}: ${problem[1]}`;
    }
    return componentsProblem(rows);
  }

  /** More clusters than rows cannot be filled. */
  function componentsProblem(rows: number | null): string | null {
    return rows !== null && rows > 0 && choices.components > rows
      ? `There are ${formatCounted(rows, 'row')} for ${formatCounted(choices.components, 'cluster')}: ask for fewer.`
      : null;
  }

  return {
    choices,
    numericColumns,
    preparation,
    shownOptions,
    problems,
    includeColumn,
    valueOf,
    setOption,
    newSeed,
    specification,
    blockedBecause,
    componentsProblem,
  };
});

function model(choices: ModelChoices): ModelSpecification {
  const { components, covariance, ridge } = choices;
  return choices.family === 'kmeans'
    ? { family: 'kmeans', components }
    : { family: 'gaussian', components, covariance, ridge };
}
