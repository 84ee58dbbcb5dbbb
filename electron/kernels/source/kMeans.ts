export { kMeansTiles } from './kMeansTiles';
export { kMeansPass } from './kMeansPass';
export { kMeansDistortion, kMeansTotals } from './kMeansTotals';
export { seedingAccept, seedingBegin, seedingCosts, seedingEstimates, seedingMasses } from './seeding';
