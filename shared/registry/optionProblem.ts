import type { NumberBounds, OptionDescription, OptionValue } from './optionDescription';

/** What is wrong with a value, said beside its field; null: nothing. */
export function optionProblem(option: OptionDescription, value: OptionValue): string | null {
  switch (option.kind) {
    case 'choice':
      return option.choices.some((choice) => choice.value === value) ? null : 'Choose one of the list.';
    case 'column':
      return null;
    case 'numbers':
      return listProblem(option, value);
    case 'number':
      return value === null && option.default === null && option.isRequired !== true
        ? null
        : numberProblem(option, value);
  }
}

function numberProblem(bounds: NumberBounds, value: OptionValue): string | null {
  if (typeof value !== 'number' || Number.isNaN(value)) return 'Enter a number.';
  if (bounds.whole && !Number.isInteger(value)) return 'Enter a whole number.';
  if (bounds.isMinAllowed === false && value <= bounds.min) return `More than ${bounds.min}.`;
  if (value < bounds.min) return `At least ${bounds.min}.`;
  if (bounds.isMaxAllowed === false && value >= bounds.max) return `Less than ${bounds.max}.`;
  if (value > bounds.max) return `At most ${bounds.max.toLocaleString('en')}.`;
  return null;
}

function listProblem(bounds: NumberBounds, value: OptionValue): string | null {
  if (!Array.isArray(value) || value.length === 0) return 'Enter numbers with a space between them.';
  for (const one of value as readonly number[]) {
    const problem = numberProblem(bounds, one);
    if (problem !== null) return `${one}: ${problem}`;
  }
  const rises = (value as readonly number[]).every((one, at, all) => at === 0 || one > (all[at - 1] ?? 0));
  return rises ? null : 'Each must be larger than the one before.';
}
