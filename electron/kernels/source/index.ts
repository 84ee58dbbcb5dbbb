export { categoricalLogDensities, categoricalScratchBytes, categoricalStep } from './categoricalStep';
export { encodeRows, levelSums } from './categoryEntries';
export { diagonalScratchBytes, diagonalStep } from './diagonalStep';
export { gaussianScratchBytes, gaussianStep } from './gaussianStep';
export * from './kMeans';
export {
  densityScratchBytes,
  diagonalLogDensities,
  gaussianLogDensities,
  memberships,
  tiedPosteriors,
} from './rowKernels';
export { scatterScratchBytes, weightedScatter, weightedSquares } from './rowMoments';
export { sphericalScratchBytes, sphericalStep } from './sphericalStep';
export { tiedScratchBytes, tiedStep } from './tiedStep';
export { totalScatter } from './totalScatter';
