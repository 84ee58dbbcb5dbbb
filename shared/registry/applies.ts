import type { FormContext } from './optionDescription';
import type { WayName } from './ways';

/** Any family but k-means. */
export const isMixture = ({ family }: FormContext): boolean => family !== 'kmeans';
/** Some feature is a number, or none is chosen yet. */
export const hasNumbers = ({ kinds }: FormContext): boolean => kinds.has('number') || kinds.size === 0;
/** Clusters have a shape. */
export const hasCovariance = (context: FormContext): boolean =>
  (context.family === 'gaussian' || context.family === 'mixed') && hasNumbers(context);
/** Clusters have a shape that is estimated. */
export const estimatesCovariance = (context: FormContext): boolean =>
  hasCovariance(context) && context.covariance !== 'fixed';
/** Some feature is yes/no. */
export const hasYesNo = ({ family, kinds }: FormContext): boolean =>
  family === 'bernoulli' || (family === 'mixed' && kinds.has('yesNo'));
/** Some feature is a category. */
export const hasCategories = ({ family, kinds }: FormContext): boolean =>
  family === 'categorical' || (family === 'mixed' && kinds.has('category'));
/** Runs in one of these ways. */
export const runs =
  (...ways: readonly WayName[]) =>
  ({ way }: FormContext): boolean =>
    ways.includes(way);
