import { familyTraits } from '../families';
import type { FeatureKind } from '../features';
import { preparation, type Preparation } from '../fit';
import type { Family, ModelOfAnySize } from '../model';
import { selectionSpecification, type SelectionSpecification } from '../selection';
import type { ChosenFeature } from './families';
import type { FormContext, OptionDescription } from './optionDescription';
import { gridOptions, selectionExtras, type SelectionExtra } from './selectionOptions';
import { contextOf, preparationOf, putOption, type FitChoices, type OptionTree } from './specification';

/** The options of the grid that apply. */
export function gridOptionsFor(context: FormContext): readonly OptionDescription[] {
  return gridOptions.filter((option) => option.applies?.(context) ?? true);
}

/** What can be computed on request for these models. */
export function extrasFor(
  context: FormContext,
  models: readonly ModelOfAnySize[],
): readonly SelectionExtra[] {
  const hasLikelihood = models.some(({ family }) => familyTraits[family].hasLikelihood);
  return selectionExtras.filter(({ applies }) => applies(context, hasLikelihood));
}

/**
 * How the columns enter for families that share a grid, as the choices of a single fit say. Where families take a
 * column differently, each takes it in its own way. A column of known clusters takes no part: K is what is asked.
 */
export function gridPreparationOf(
  choices: FitChoices,
  features: readonly ChosenFeature[],
  families: readonly Family[],
): Preparation | null {
  const each = families.flatMap((family) => {
    const own = preparationOf(contextOf({ ...choices, family }, features), features);
    return own ? [own] : [];
  });
  if (each.length === 0) return null;
  const kinds = new Map<string, FeatureKind | null>();
  for (const own of each)
    for (const [name, kind] of Object.entries(own.kinds ?? {}))
      kinds.set(name, kinds.has(name) && kinds.get(name) !== kind ? null : kind);
  const agreed = [...kinds].filter((entry): entry is [string, FeatureKind] => entry[1] !== null);
  const { labels: _labels, kinds: _kinds, ...rest } = Object.assign({}, ...each) as Preparation;
  return preparation.parse({
    ...rest,
    ...(agreed.length > 0 ? { kinds: Object.fromEntries(agreed) } : {}),
  });
}

/** What to compare. The choices must have no problem; what they leave open is the contract's default. */
export function selectionSpecificationOf(
  context: FormContext,
  columns: Preparation,
  models: readonly ModelOfAnySize[],
  extras: ReadonlySet<SelectionExtra['extra']>,
): SelectionSpecification {
  const draft: OptionTree = { preparation: columns, models, run: {} };
  const isValidated = models.some(({ family }) => familyTraits[family].hasLikelihood);
  for (const option of gridOptionsFor(context))
    if (option.place !== 'validation' || isValidated) putOption(draft, option, context);
  draft['validation'] ??= null;
  for (const { extra, options } of extrasFor(context, models)) {
    if (!extras.has(extra)) continue;
    draft[extra] = {};
    for (const option of options) putOption(draft, option, context);
  }
  return selectionSpecification.parse(draft);
}

/** How many fits a selection comes to. */
export interface SelectionSize {
  /** Grid points: fits to all rows. */
  readonly points: number;
  /** Fits to training rows. */
  readonly heldOut: number;
  /** Fits of k-means to rows without groups. */
  readonly references: number;
  /** Fits to resampled rows. */
  readonly resampled: number;
  /** Fits to drawn rows for one bootstrap test; how many tests there will be is not known before. */
  readonly drawnByTest: number;
  readonly restarts: number;
}

/** The size of a selection of so many rows. */
export function selectionSize(specification: SelectionSpecification, rows: number): SelectionSize {
  const { models, components, validation, gap, bootstrapTest, stability, run } = specification;
  const sizes = components.to - components.from + 1;
  const points = models.length * sizes;
  const scored = models.filter(({ family }) => familyTraits[family].hasLikelihood).length * sizes;
  return {
    points,
    heldOut: scored * splitsOf(validation, rows),
    references: gap ? gap.references * sizes : 0,
    resampled: stability ? stability.replicates * points : 0,
    drawnByTest: bootstrapTest ? bootstrapTest.replicates * 2 : 0,
    restarts: run.restarts,
  };
}

function splitsOf(validation: SelectionSpecification['validation'], rows: number): number {
  switch (validation?.kind) {
    case undefined:
      return 0;
    case 'folds':
      return validation.folds * validation.repeats;
    case 'monteCarlo':
      return validation.splits;
    case 'leaveOneOut':
      return rows;
    case 'given':
      return new Set(validation.foldOfRow.filter((fold) => fold >= 0)).size;
  }
}
