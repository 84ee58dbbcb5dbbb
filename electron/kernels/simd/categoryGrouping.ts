import { groupLevels } from './levelGroups';

/** An entry is told by 16 bits. */
const mostEntries = 65_536;

/** How features with given numbers of levels lie in tables. */
export interface CategoryGrouping {
  readonly features: number;
  readonly groups: number;
  /** Of all groups. */
  readonly entries: number;
  /** Levels of all features. */
  readonly levels: number;
  /** What the tables are made with: of each feature the first entry of its group, its stride, its levels. */
  readonly places: Uint32Array;
  /** Whether all features are yes/no ones: a level is a bit then. */
  readonly areFlags: boolean;
  /** What encoders are told of groups and features. */
  readonly ends: Uint32Array;
  readonly starts: Float64Array;
  readonly strides: Float64Array;
  readonly lasts: Float64Array;
}

const known = new WeakMap<readonly number[], CategoryGrouping | null>();

/** The grouping of features with these numbers of levels; null where no table can hold them. */
export function groupingOf(levels: readonly number[]): CategoryGrouping | null {
  let grouping = known.get(levels);
  if (grouping === undefined) known.set(levels, (grouping = groupingFor(levels)));
  return grouping;
}

function groupingFor(levels: readonly number[]): CategoryGrouping | null {
  const groups = groupLevels(levels);
  const entries = groups.reduce((sum, group) => sum + group.entries, 0);
  if (levels.length === 0 || entries > mostEntries) return null;
  const places = groups.flatMap(({ start, features }) =>
    features.flatMap((feature) => [start, feature.stride, feature.levels]),
  );
  let end = 0;
  return {
    features: levels.length,
    groups: groups.length,
    entries,
    levels: levels.reduce((sum, count) => sum + count, 0),
    places: Uint32Array.from(places),
    areFlags: levels.every((count) => count === 2),
    ends: Uint32Array.from(groups, ({ features }) => (end += features.length)),
    starts: Float64Array.from(groups, ({ start }) => start),
    strides: Float64Array.from(groups.flatMap(({ features }) => features.map(({ stride }) => stride))),
    lasts: Float64Array.from(levels, (count) => count - 1),
  };
}
