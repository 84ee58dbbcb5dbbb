/** Most entries of a group, unless one feature alone has more: their tables stay in the first cache. Measured. */
const mostEntries = 128;

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
}

/**
 * Puts features with these numbers of levels together, as few groups as share small tables, and those about equally
 * large: each feature goes where the middle of its logarithm lies.
 */
export function groupLevels(levels: readonly number[]): LevelGroup[] {
  const whole = levels.reduce((sum, count) => sum + Math.log2(count), 0);
  const share = whole / Math.ceil(whole / Math.log2(mostEntries));
  const groups: LevelGroup[] = [];
  let features: GroupedFeature[] = [];
  let entries = 1;
  let start = 0;
  let before = 0;
  const close = (): void => {
    groups.push({ start, entries, features });
    start += entries;
    features = [];
    entries = 1;
  };
  for (const count of levels) {
    const own = Math.log2(count);
    const isNext = before + own / 2 >= share * (groups.length + 1);
    if (features.length > 0 && (isNext || entries * count > mostEntries)) close();
    features.push({ stride: entries, levels: count });
    entries *= count;
    before += own;
  }
  if (features.length > 0) close();
  return groups;
}
