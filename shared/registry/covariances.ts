import { covarianceName } from '../fitText';
import { covarianceStructure, type CovarianceStructure } from '../model';

/** Whether volume, shape and orientation of clusters are equal or vary; a structure by its rule. */
export interface CovarianceRule {
  readonly volume: 'equal' | 'varying';
  /** `sphere`: round; then there is no orientation. */
  readonly shape: 'sphere' | 'equal' | 'varying';
  /** `axes`: along the columns. */
  readonly orientation: 'axes' | 'equal' | 'varying';
}

export interface CovarianceDescription {
  readonly structure: CovarianceStructure;
  readonly title: string;
  readonly explains: string;
  /** One of the four that most people need. */
  readonly isCommon: boolean;
}

/** The rule a structure's name spells (Celeux and Govaert, 1995; Scrucca et al., 2016); fixed: as EII. */
export function covarianceRule(structure: CovarianceStructure): CovarianceRule {
  const [volume, shape, orientation] = structure === 'fixed' ? 'EII' : structure;
  return {
    volume: volume === 'E' ? 'equal' : 'varying',
    shape: shape === 'I' ? 'sphere' : shape === 'E' ? 'equal' : 'varying',
    orientation: orientation === 'I' ? 'axes' : orientation === 'E' ? 'equal' : 'varying',
  };
}

const common: Partial<Record<CovarianceStructure, readonly [title: string, explains: string]>> = {
  VII: ['Spherical', 'Round clusters, each of its own size.'],
  VVI: ['Diagonal', 'Clusters stretched along the columns, each in its own way.'],
  EEE: ['Tied', 'Clusters stretched in any direction, all of the same shape and size.'],
  VVV: ['Full', 'Clusters stretched in any direction, each in its own way.'],
};

/** From the fewest parameters to the most, the fixed one last. */
export const covariances: readonly CovarianceDescription[] = covarianceStructure.options.map((structure) => {
  const [title, explains] = common[structure] ?? [
    capitalised(covarianceName(structure)),
    structure === 'fixed'
      ? 'Round clusters of a spread you give; only their centres and weights are estimated.'
      : ruleText(covarianceRule(structure)),
  ];
  return { structure, title, explains, isCommon: structure in common };
});

/** A rule in words: what clusters have in common and what is their own. */
function ruleText({ volume, shape, orientation }: CovarianceRule): string {
  const form =
    shape === 'sphere' ? 'Round clusters' : shape === 'equal' ? 'One shape for all' : 'Each its own shape';
  const size = volume === 'equal' ? 'all of one size' : 'each of its own size';
  if (shape === 'sphere') return `${form}, ${size}.`;
  const turn = {
    axes: 'stretched along the columns',
    equal: 'stretched along the same directions',
    varying: 'each turned its own way',
  }[orientation];
  return `${form}, ${size}, ${turn}.`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
