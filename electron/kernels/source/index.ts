export {
  categoricalLogDensities,
  categoricalPosteriors,
  categoricalScratchBytes,
  categoricalStep,
} from './categoricalStep';
export { encodeRows } from './categoryEntries';
export { encodeFlags } from './categoryFlags';
export { categoryTableBytes, fillCategoryLogs, fillCategoryRatios, levelSums } from './categoryTables';
export { diagonalScratchBytes, diagonalStep, diagonalStepAboutZero } from './diagonalStep';
export { gaussianScratchBytes, gaussianStep } from './gaussianStep';
export * from './kMeans';
export {
  observedDiagonalLogDensities,
  observedDiagonalScratchBytes,
  observedDiagonalStep,
  observedSquares,
} from './observedDiagonal';
export {
  observedLogDensities,
  observedScatter,
  observedScratchBytes,
  observedStep,
} from './observedGaussian';
export { labelledScatter, labelledScratchBytes, labelledSquares, labelledSums } from './labelledMoments';
export { linearScratchBytes, sphericalStep, tiedStep } from './linearStep';
export {
  densityScratchBytes,
  diagonalLogDensities,
  gaussianLogDensities,
  memberships,
  sphericalPosteriors,
  tiedPosteriors,
} from './rowKernels';
export { scatterScratchBytes, weightedScatter, weightedSquares } from './rowMoments';

export { totalScatter } from './totalScatter';
