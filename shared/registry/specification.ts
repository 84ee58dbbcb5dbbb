import { familyTraits } from '../families';
import type { FeatureKind } from '../features';
import { fitSpecification, preparation, type FitSpecification, type Preparation } from '../fit';
import type { CovarianceStructure, Family } from '../model';
import { describeFamily, kindInFamily, type ChosenFeature } from './families';
import type { ChoiceOption, FormContext, OptionDescription, OptionValue } from './optionDescription';
import { optionProblem } from './optionProblem';
import { options } from './options';
import { describeWay, ownWay, ways, waysFor, wayTitle, type WayName } from './ways';

/** What a person has chosen for a fit; what does not apply to the family waits until it does. */
export interface FitChoices {
  family: Family;
  covariance: CovarianceStructure;
  way: WayName;
  values: Record<string, OptionValue>;
}

/** The choices a person starts with. */
export function defaultChoices(): FitChoices {
  return {
    family: 'gaussian',
    covariance: 'VVV',
    way: 'em',
    values: Object.fromEntries(options.map((option) => [option.name, option.default])),
  };
}

/** What the choices come to for these features: the way is the family's own where the chosen one is not for it. */
export function contextOf(choices: FitChoices, features: readonly ChosenFeature[]): FormContext {
  const { family, covariance, values } = choices;
  const kinds = features.map((feature) => kindInFamily(feature, family));
  const context: FormContext = {
    family,
    covariance,
    way: choices.way,
    kinds: new Set(kinds.filter((kind) => kind !== null)),
    needsThreshold: features.some(
      ({ column }, at) => kinds[at] === 'yesNo' && column.numeric !== null && column.distinct !== 2,
    ),
    values,
  };
  const isSuited = waysFor(context).some(({ way, unsuited }) => way.way === choices.way && unsuited === null);
  return isSuited ? context : { ...context, way: ownWay(family) };
}

/** The options a fit has. */
export function optionsFor(context: FormContext): readonly OptionDescription[] {
  return options.filter((option) => option.applies?.(context) ?? true);
}

/** The values of a choice that are to be had. */
export function choicesFor(option: ChoiceOption, context: FormContext): ChoiceOption['choices'] {
  return option.choices.filter((choice) => choice.applies?.(context) ?? true);
}

/** The value of an option as it will be used: the first one allowed where the chosen one is not to be had. */
export function valueOf(option: OptionDescription, context: FormContext): OptionValue {
  const value = context.values[option.name] ?? null;
  if (option.kind !== 'choice') return value;
  const allowed = choicesFor(option, context);
  return allowed.some((choice) => choice.value === value) ? value : (allowed[0]?.value ?? value);
}

/** How the columns enter, as far as the choices have no problem; null without features. */
export function preparationOf(context: FormContext, features: readonly ChosenFeature[]): Preparation | null {
  if (features.length === 0) return null;
  const draft: OptionTree = { preparation: { features: features.map(({ column }) => column.name) } };
  const kinds = kindsOf(context.family, features);
  if (kinds) put(draft, ['preparation', 'kinds'], kinds);
  for (const option of optionsFor(context))
    if (option.path[0] === 'preparation' && optionProblem(option, valueOf(option, context)) === null)
      putOption(draft, option, context);
  return preparation.parse(draft['preparation']);
}

/** What to fit. The choices must have no problem; what they leave open is the contract's default. */
export function specificationOf(context: FormContext, features: readonly ChosenFeature[]): FitSpecification {
  const { family, way } = context;
  const draft: OptionTree = {
    preparation: preparationOf(context, features),
    model: { family },
    start: {},
    run: {},
  };
  if (way !== ownWay(family)) put(draft, ['run', 'algorithm'], { ...describeWay(way).algorithm });
  if (context.kinds.has('number') && (family === 'gaussian' || family === 'mixed'))
    put(draft, ['model', 'covariance'], context.covariance);
  for (const option of optionsFor(context))
    if (option.path[0] !== 'preparation') putOption(draft, option, context);
  return fitSpecification.parse(draft);
}

/** Writes the value of an option where it stands in a specification; what leaves it open writes nothing. */
export function putOption(draft: OptionTree, option: OptionDescription, context: FormContext): void {
  const value = valueOf(option, context);
  if (value !== null && !(option.kind === 'choice' && value === option.absent))
    put(draft, option.path, value);
}

/**
 * The choices that make a specification, so that one that was changed elsewhere can go on in the form. What it says
 * nothing about stays as in `before`.
 */
export function choicesOf(specification: FitSpecification, before: FitChoices): FitChoices {
  const { model } = specification;
  const choices: FitChoices = {
    family: model.family,
    covariance: 'covariance' in model ? model.covariance : before.covariance,
    way: wayOf(specification),
    values: { ...before.values },
  };
  for (const option of options) {
    const value = get(specification, option.path);
    if (isValue(value)) choices.values[option.name] = value;
    else if (option.default === null) choices.values[option.name] = null;
    else if (option.kind === 'choice' && option.absent !== undefined)
      choices.values[option.name] = option.absent;
  }
  return choices;
}

/** The kinds to be written down: a family that takes numbers alone need not be told. */
function kindsOf(family: Family, features: readonly ChosenFeature[]): Record<string, FeatureKind> | null {
  const { takes } = familyTraits[family];
  if (takes.length === 1 && takes[0] === 'number') return null;
  const kinds = features.flatMap((feature) => {
    const kind = kindInFamily(feature, family);
    return kind === null ? [] : [[feature.column.name, kind] as const];
  });
  return Object.fromEntries(kinds);
}

function wayOf({ model, run }: FitSpecification): WayName {
  const { algorithm } = run;
  if (!algorithm) return ownWay(model.family);
  const found = ways.findLast(({ algorithm: candidate }) =>
    Object.entries(candidate).every(([key, value]) => Reflect.get(algorithm, key) === value),
  );
  return found?.way ?? ownWay(model.family);
}

/** The way a fit was run, as it is called; null: the family's own, which needs no words. */
export function unusualWay(specification: FitSpecification): string | null {
  const { family } = specification.model;
  const way = wayOf(specification);
  return way === ownWay(family) ? null : wayTitle(describeWay(way), family);
}

/** The way as it is called, for a line that sums up the settings. */
export function wayName({ family, way }: FormContext): string {
  return wayTitle(describeWay(way), family);
}

/** Why numbers are scaled or not, for the family. */
export function scalingNote(context: FormContext): string {
  return context.values['scaling'] === 'none'
    ? 'Columns enter in their own units.'
    : describeFamily(context.family).scalingReason;
}

/** A specification as it is put together. */
export interface OptionTree {
  [key: string]: unknown;
}

function put(tree: OptionTree, [key, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  const below = (tree[key] ??= {});
  put(below as OptionTree, rest, value);
}

function get(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (below, key) => (typeof below === 'object' && below !== null ? Reflect.get(below, key) : undefined),
    tree,
  );
}

function isValue(value: unknown): value is number | string | readonly number[] {
  return (
    typeof value === 'number' ||
    typeof value === 'string' ||
    (Array.isArray(value) && value.every((one) => typeof one === 'number'))
  );
}
