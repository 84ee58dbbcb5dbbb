export { groupPass, sparsePass } from './groupPass';
export { rowCopies } from './rowCopies';
export { sparseRows } from './sparseRows';
export { kMeansTiles } from './kMeansTiles';
export { kMeansPass } from './kMeansPass';
export { kMeansDistortion, kMeansTotals } from './kMeansTotals';
export { seedingAccept, seedingBegin, seedingCosts, seedingEstimates, seedingMasses } from './seeding';
export { orderCopy, orderCount, orderPlaces } from './ordering';
