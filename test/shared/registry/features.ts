import type { FeatureKind } from '../../../shared/features';
import type { ChosenFeature } from '../../../shared/registry/families';
import type { ColumnSummary, ColumnType } from '../../../shared/table';
import { column } from '../../renderer/support/tableFixtures';

/** A feature of the form: a column of a type, with so many distinct values, perhaps taken as a kind. */
export function feature(
  name: string,
  type: ColumnType,
  distinct: number,
  kind: FeatureKind | null = null,
  change: Partial<ColumnSummary> = {},
): ChosenFeature {
  return { column: column({ name, type, distinct, ...change }), kind };
}

export const length = feature('length', 'number', 90);
export const width = feature('width', 'number', 80);
export const vote = feature('vote', 'boolean', 2);
export const colour = feature('colour', 'category', 4);
