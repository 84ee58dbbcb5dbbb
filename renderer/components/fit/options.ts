import type { ObjectiveKind } from '../../../shared/fit';
import type { CovarianceStructure, ModelSpecification } from '../../../shared/model';

/**
 * What the forms of the model room are made from. A new family is a row of `families`; a new option is a row of
 * `options`; no form is written by hand for either.
 */
export type Family = ModelSpecification['family'];
export type StartMethod = 'kmeans' | 'kmeans++' | 'random';
export type Scaling = 'standardise' | 'none';

/** The choices of a person in the model room, flat: what the option rows below name. */
export interface ModelChoices {
  family: Family;
  components: number;
  covariance: CovarianceStructure;
  scaling: Scaling;
  ridge: number;
  start: StartMethod;
  restarts: number;
  tolerance: number;
  maxIterations: number;
  seed: number;
}

export interface FamilyDescription {
  readonly family: Family;
  readonly title: string;
  /** When it suits, in one sentence. */
  readonly suits: string;
  /** Why features are put on one scale for it, or need not be. */
  readonly scalingReason: string;
  readonly objective: ObjectiveKind;
}

export const families: readonly FamilyDescription[] = [
  {
    family: 'gaussian',
    title: 'Gaussian mixture',
    suits:
      'Clusters of different size, spread and direction, that may overlap; every row gets a probability of belonging.',
    scalingReason: 'No column dominates by its unit; results stay in your units.',
    objective: 'logLikelihood',
  },
  {
    family: 'kmeans',
    title: 'k-means',
    suits: 'Round clusters of similar spread; fast on many rows, and each row belongs to one cluster.',
    scalingReason: 'Else columns with large numbers decide alone; results stay in your units.',
    objective: 'distortion',
  },
];

/** The description of a family. */
export function describeFamily(family: Family): FamilyDescription {
  const found = families.find((item) => item.family === family);
  if (!found) throw new Error(`There is no family "${family}".`);
  return found;
}

/** The structures with a picture, which the form offers; a job may name any. */
export type PicturedStructure = Extract<CovarianceStructure, 'VII' | 'VVI' | 'EEE' | 'VVV'>;

export interface CovarianceDescription {
  readonly structure: PicturedStructure;
  readonly title: string;
  readonly explains: string;
}

/** From the fewest parameters to the most. */
export const covariances: readonly CovarianceDescription[] = [
  { structure: 'VII', title: 'Spherical', explains: 'Round clusters, each of its own size.' },
  {
    structure: 'VVI',
    title: 'Diagonal',
    explains: 'Clusters stretched along the columns, each in its own way.',
  },
  {
    structure: 'EEE',
    title: 'Tied',
    explains: 'Clusters stretched in any direction, all of the same shape and size.',
  },
  { structure: 'VVV', title: 'Full', explains: 'Clusters stretched in any direction, each in its own way.' },
];

interface NumberOption {
  readonly kind: 'number';
  readonly name: 'components' | 'ridge' | 'restarts' | 'tolerance' | 'maxIterations' | 'seed';
  readonly label: string;
  readonly help: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** False where `max` itself is not allowed. */
  readonly isMaxAllowed?: boolean;
  readonly whole: boolean;
  /** How far an arrow key goes. */
  readonly step: number;
}

interface ChoiceOption {
  readonly kind: 'choice';
  readonly name: 'start' | 'scaling';
  readonly label: string;
  readonly help: string;
  readonly default: string;
  readonly choices: readonly {
    readonly value: string;
    readonly label: string;
    readonly families?: readonly Family[];
  }[];
}

export type OptionDescription = (NumberOption | ChoiceOption) & {
  /** Absent: every family has it. */
  readonly families?: readonly Family[];
  /** Shown with the model, or folded away under "More settings". */
  readonly place: 'model' | 'more';
};

export const options: readonly OptionDescription[] = [
  {
    kind: 'number',
    name: 'components',
    place: 'model',
    label: 'Number of clusters',
    help: '1 asks whether there are groups at all.',
    default: 3,
    min: 1,
    max: 100_000,
    whole: true,
    step: 1,
  },
  {
    kind: 'choice',
    name: 'scaling',
    place: 'model',
    label: 'Scaling',
    help: '',
    default: 'standardise',
    choices: [
      { value: 'standardise', label: 'Standardise' },
      { value: 'none', label: 'None' },
    ],
  },
  {
    kind: 'choice',
    name: 'start',
    place: 'more',
    label: 'Start from',
    help: 'Where each start begins.',
    default: 'kmeans',
    choices: [
      { value: 'kmeans', label: 'k-means', families: ['gaussian'] },
      { value: 'kmeans++', label: 'k-means++ centres' },
      { value: 'random', label: 'Random rows' },
    ],
  },
  {
    kind: 'number',
    name: 'restarts',
    place: 'more',
    label: 'Starts',
    help: 'Independent starts; the best is kept.',
    default: 10,
    min: 1,
    max: 10_000,
    whole: true,
    step: 1,
  },
  {
    kind: 'number',
    name: 'tolerance',
    place: 'more',
    label: 'Tolerance',
    help: 'Relative change of the objective at which a run has converged.',
    default: 1e-8,
    min: 0,
    max: 1,
    isMaxAllowed: false,
    whole: false,
    step: 1e-8,
  },
  {
    kind: 'number',
    name: 'maxIterations',
    place: 'more',
    label: 'Iteration limit',
    help: 'A run that has not converged by then stops and says so.',
    default: 1000,
    min: 1,
    max: 1_000_000,
    whole: true,
    step: 100,
  },
  {
    kind: 'number',
    name: 'ridge',
    place: 'more',
    families: ['gaussian'],
    label: 'Ridge',
    help: 'Added to every variance, in scaled units squared; keeps clusters from collapsing.',
    default: 0,
    min: 0,
    max: 1e6,
    whole: false,
    step: 1e-6,
  },
  {
    kind: 'number',
    name: 'seed',
    place: 'more',
    label: 'Seed',
    help: 'Same seed, same result.',
    default: 1,
    min: 0,
    max: 0xffffffff,
    whole: true,
    step: 1,
  },
];

/** The choices a person starts with. */
export function defaultChoices(): ModelChoices {
  return {
    family: 'gaussian',
    covariance: 'VVV',
    ...(Object.fromEntries(options.map((option) => [option.name, option.default])) as Omit<
      ModelChoices,
      'family' | 'covariance'
    >),
  };
}

/** The choices of an option that a family has. */
export function choicesFor(
  option: Extract<OptionDescription, { kind: 'choice' }>,
  family: Family,
): ChoiceOption['choices'] {
  return option.choices.filter((choice) => choice.families?.includes(family) ?? true);
}

/** What is wrong with a value, said beside its field; null: nothing. */
export function optionProblem(option: OptionDescription, value: number | string | null): string | null {
  if (option.kind === 'choice')
    return option.choices.some((choice) => choice.value === value) ? null : 'Choose one of the list.';
  if (typeof value !== 'number' || Number.isNaN(value)) return 'Enter a number.';
  if (option.whole && !Number.isInteger(value)) return 'Enter a whole number.';
  if (value < option.min) return `At least ${option.min}.`;
  if (option.isMaxAllowed === false && value >= option.max) return `Less than ${option.max}.`;
  if (value > option.max) return `At most ${option.max.toLocaleString('en')}.`;
  return null;
}
