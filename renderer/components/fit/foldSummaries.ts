import { formatCounted } from '../../../shared/format';
import type { FormContext, OptionPlace, OptionValue } from '../../../shared/registry/optionDescription';
import { optionsFor, valueOf } from '../../../shared/registry/specification';

/** The starts in one line: how many, from what, with which seed. */
export function runsText(context: FormContext): string {
  const { restarts, seed } = context.values;
  return `${formatCounted(Number(restarts), 'start')} · seed ${String(seed)}`;
}

/** The settings of a part of the form that are not as usual, in one line; `usual` when all are. */
export function changedText(place: OptionPlace, context: FormContext, usual: string): string {
  const changed = optionsFor(context)
    .filter((option) => option.place === place)
    .map((option) => ({ option, value: valueOf(option, context) }))
    .filter(({ option, value }) => JSON.stringify(value) !== JSON.stringify(option.default))
    .map(({ option, value }) => {
      const chosen =
        option.kind === 'choice' ? option.choices.find((choice) => choice.value === value)?.label : null;
      return `${option.label}: ${chosen ?? shown(value)}`;
    });
  return changed.length === 0 ? usual : changed.join(' · ');
}

function shown(value: OptionValue): string {
  return Array.isArray(value) ? value.join(' ') : String(value);
}
