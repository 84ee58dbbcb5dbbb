/** Most codes of a group, unless one feature alone has more: their table stays in the first cache. */
const mostCodes = 16;

/** Neighbouring features whose levels are told by one code: code = sum of level times stride. */
export interface LevelGroup {
  readonly features: readonly GroupedFeature[];
  readonly codes: number;
  /** Codes of the groups before. */
  readonly start: number;
}

export interface GroupedFeature {
  readonly stride: number;
  /** By code: the place of the feature's level among the levels of all features. */
  readonly place: Int32Array;
}

/** Puts features with these numbers of levels together, as many as share a small table. */
export function groupLevels(levels: readonly number[]): LevelGroup[] {
  const groups: LevelGroup[] = [];
  let own: { first: number; stride: number; levels: number }[] = [];
  let codes = 1;
  let start = 0;
  let first = 0;
  const close = (): void => {
    const features = own.map((feature) => ({
      stride: feature.stride,
      place: Int32Array.from(
        { length: codes },
        (_, code) => feature.first + (Math.floor(code / feature.stride) % feature.levels),
      ),
    }));
    groups.push({ features, codes, start });
    start += codes;
    own = [];
    codes = 1;
  };
  for (const count of levels) {
    if (own.length > 0 && codes * count > mostCodes) close();
    own.push({ first, stride: codes, levels: count });
    codes *= count;
    first += count;
  }
  if (own.length > 0) close();
  return groups;
}
