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
  tiedLogDensities,
} from './rowKernels';
export { scatterScratchBytes, weightedScatter, weightedSquares } from './rowMoments';
export { sphericalScratchBytes, sphericalStep } from './sphericalStep';
export { totalScatter } from './totalScatter';
