/** Most codes of a group, unless one feature alone has more: their table stays in the first cache. */
const mostCodes = 16;

/** Neighbouring features whose levels are told by one code: code = sum of level times stride. */
export interface LevelGroup {
  readonly features: readonly {
    readonly feature: number;
    readonly stride: number;
    readonly levels: number;
  }[];
  readonly codes: number;
  /** Codes of the groups before. */
  readonly start: number;
}

/** Puts features with these numbers of levels together, as many as share a small table. */
export function groupLevels(levels: readonly number[]): LevelGroup[] {
  const groups: LevelGroup[] = [];
  let features: { feature: number; stride: number; levels: number }[] = [];
  let codes = 1;
  let start = 0;
  const close = (): void => {
    if (features.length > 0) groups.push({ features, codes, start });
    start += features.length > 0 ? codes : 0;
    features = [];
    codes = 1;
  };
  levels.forEach((count, feature) => {
    if (codes * count > mostCodes) close();
    features.push({ feature, stride: codes, levels: count });
    codes *= count;
  });
  close();
  return groups;
}
