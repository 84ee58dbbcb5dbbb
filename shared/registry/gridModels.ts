import { familyTraits } from '../families';
import type { FeatureKind } from '../features';
import { modelName } from '../fitText';
import { modelOfAnySize, type CovarianceStructure, type Family, type ModelOfAnySize } from '../model';
import { covariances } from './covariances';
import { describeFamily, kindInFamily, suitableFamilies, type ChosenFeature } from './families';

/** A model that can be put into a grid. */
export interface GridModel {
  /** Tells it from the others. */
  readonly key: string;
  readonly model: ModelOfAnySize;
  readonly title: string;
  readonly explains: string;
  /** null: it has no covariance. */
  readonly covariance: CovarianceStructure | null;
  /** Offered at once; the others are folded away. */
  readonly isCommon: boolean;
}

/** What tells the models of a grid apart: the family, and its covariance structure. */
export function gridModelKey(model: ModelOfAnySize): string {
  return 'covariance' in model ? `${model.family} ${model.covariance}` : model.family;
}

/**
 * The models that suit some features. Mixed types are left out where a model for one kind does the same, and a Gaussian
 * mixture where they suit better: densities and probabilities of the same column cannot be compared. Of one number there
 * are only the structures of equal and of varying spread.
 */
export function gridModels(features: readonly ChosenFeature[]): readonly GridModel[] {
  const possible = suitableFamilies(features).filter(({ isPossible }) => isPossible);
  const leftOut = possible.at(0)?.family === 'mixed' ? 'gaussian' : 'mixed';
  return possible
    .filter(({ family }) => family !== leftOut)
    .flatMap(({ family }) => modelsOf(family, features));
}

/** So many rows every cluster is taken to have beside its own, for each value of a column. By taste: little. */
const pseudoRows = 0.1;

/**
 * A light prior on probabilities: without, a value that happens to be absent from a cluster is impossible in it, and one
 * held-out row that has it makes the score of the whole model minus infinity.
 */
function lightPrior(family: Family): { prior?: object } {
  const { takes } = familyTraits[family];
  const probability = { a: 1 + pseudoRows, b: 1 + pseudoRows };
  const prior = {
    ...(takes.includes('yesNo') ? { probability } : {}),
    ...(takes.includes('category') ? { category: pseudoRows } : {}),
  };
  return Object.keys(prior).length > 0 ? { prior } : {};
}

function modelsOf(family: Family, features: readonly ChosenFeature[]): readonly GridModel[] {
  const kinds = features.map((feature): FeatureKind | null => kindInFamily(feature, family));
  const numbers = kinds.filter((kind) => kind === 'number').length;
  if (family !== 'gaussian' && (family !== 'mixed' || numbers === 0)) {
    const model = modelOfAnySize.parse({ family, ...lightPrior(family) });
    const { title, suits } = describeFamily(family);
    return [{ key: gridModelKey(model), model, title, explains: suits, covariance: null, isCommon: true }];
  }
  return covariances
    .filter(({ structure }) =>
      numbers === 1 ? structure === 'EII' || structure === 'VII' : structure !== 'fixed',
    )
    .map(({ structure, title, explains, isCommon }) => {
      const model = modelOfAnySize.parse({ family, covariance: structure, ...lightPrior(family) });
      return {
        key: gridModelKey(model),
        model,
        title: numbers === 1 ? (structure === 'EII' ? 'Equal spread' : 'Varying spread') : title,
        explains: `${modelName(model)}. ${explains}`,
        covariance: structure,
        isCommon: isCommon || numbers === 1,
      };
    });
}
