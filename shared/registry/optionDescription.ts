import type { FeatureKind } from '../features';
import type { CovarianceStructure, Family } from '../model';
import type { WayName } from './ways';

/** What decides which options a form has. */
export interface FormContext {
  readonly family: Family;
  readonly covariance: CovarianceStructure;
  readonly way: WayName;
  /** Kinds of the features, as the family takes them. */
  readonly kinds: ReadonlySet<FeatureKind>;
  /** Whether a number of more than two values is taken as yes/no. */
  readonly needsThreshold: boolean;
  readonly values: OptionValues;
}

/** Where in the form of a fit an option stands (all but `model` are folded away), or in that of a selection. */
export type OptionPlace =
  'model' | 'algorithm' | 'start' | 'stop' | 'prior' | 'rows' | 'grid' | 'validation' | 'extra';

/** null: nothing chosen, nothing written. */
export type OptionValue = number | string | readonly number[] | null;
export type OptionValues = Readonly<Record<string, OptionValue>>;

interface CommonOption {
  readonly name: string;
  readonly place: OptionPlace;
  /** Where its value stands in a specification. */
  readonly path: readonly string[];
  readonly label: string;
  readonly help: string;
  /** Absent: always. */
  readonly applies?: (context: FormContext) => boolean;
}

/** Bounds of the numbers of an option; the contract has the same (tested), but where said. */
export interface NumberBounds {
  readonly min: number;
  readonly max: number;
  /** False where the bound itself is not allowed. */
  readonly isMinAllowed?: boolean;
  readonly isMaxAllowed?: boolean;
  readonly whole: boolean;
}

export interface NumberOption extends CommonOption, NumberBounds {
  readonly kind: 'number';
  readonly default: number | null;
  /** True where null, the default, is no value to fit with. Else null says that it may be left empty. */
  readonly isRequired?: boolean;
  /** How far an arrow key goes. */
  readonly step: number;
}

/** Numbers one after the other. */
export interface NumbersOption extends CommonOption, NumberBounds {
  readonly kind: 'numbers';
  readonly default: readonly number[];
}

export interface ChoiceOption extends CommonOption {
  readonly kind: 'choice';
  readonly default: string;
  /** The value that writes nothing. */
  readonly absent?: string;
  readonly choices: readonly {
    readonly value: string;
    readonly label: string;
    readonly applies?: (context: FormContext) => boolean;
  }[];
}

/** A column of the table that has a part in the fit beside the features. */
export interface ColumnOption extends CommonOption {
  readonly kind: 'column';
  readonly default: null;
  readonly takes: 'numbers' | 'any';
}

export type OptionDescription = NumberOption | NumbersOption | ChoiceOption | ColumnOption;
