/** Most entries of a group, unless one feature alone has more: their tables stay in the first cache. Measured. */
const mostEntries = 32;

/** Levels of some neighbouring features are told by one entry: that of the group's first plus sum of level times stride. */
export interface LevelGroup {
  /** The first entry. */
  readonly start: number;
  readonly entries: number;
  readonly features: readonly GroupedFeature[];
}

export interface GroupedFeature {
  readonly stride: number;
  readonly levels: number;
  /** The place of its first level among the levels of all features. */
  readonly first: number;
}

/** Puts features with these numbers of levels together, as many as share a small table. */
export function groupLevels(levels: readonly number[]): LevelGroup[] {
  const groups: LevelGroup[] = [];
  let features: GroupedFeature[] = [];
  let entries = 1;
  let start = 0;
  let first = 0;
  const close = (): void => {
    groups.push({ start, entries, features });
    start += entries;
    features = [];
    entries = 1;
  };
  for (const count of levels) {
    if (features.length > 0 && entries * count > mostEntries) close();
    features.push({ stride: entries, levels: count, first });
    entries *= count;
    first += count;
  }
  if (features.length > 0) close();
  return groups;
}
