import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FitSpecification, FitSummary } from '../../../shared/fit';
import type { TableSummary } from '../../../shared/table';
import { specified, valueOf, type OpenService } from '../openService';

/** The text of a file that ships with the program. */
export const example = (name: string): string =>
  readFileSync(path.resolve(import.meta.dirname, '../../../examples', name), 'utf8');

export const irisFeatures = ['Sepal.Length', 'Sepal.Width', 'Petal.Length', 'Petal.Width'];

export const gaussian = (components: number) => ({ family: 'gaussian', components, covariance: 'VVV' });

export const fitted = async (
  { client }: OpenService,
  { table }: TableSummary,
  specification: FitSpecification,
): Promise<FitSummary> => valueOf(await client.call('fit.run', { table, specification }));

/** A mixture of Gaussians of the four lengths and widths of iris, or of another text with those columns. */
export const irisFit = async (
  service: OpenService,
  components: number,
  text = example('iris.csv'),
  preparation = {},
): Promise<FitSummary> =>
  fitted(
    service,
    await service.open(text),
    specified(irisFeatures, gaussian(components), { preparation, run: { restarts: 5 } }),
  );
