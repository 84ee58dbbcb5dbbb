/** How a cluster is known to a person: by its name, and by a colour and shape that it keeps from fit to fit. */
export interface ClusterSign {
  readonly name: string;
  /** Chooses colour and shape. */
  readonly identity: number;
  /** True when a person gave the name. */
  readonly isNamed: boolean;
}

/** Clusters that have been in no fit before: each is known by its own number. */
export function newSigns(names: readonly string[]): readonly ClusterSign[] {
  return names.map((name, identity) => ({ name, identity, isNamed: false }));
}

/**
 * Clusters of which some were in an earlier fit: those keep its colour and shape, and a name that was given. Others
 * take the first identity that is free, and their own name.
 *
 * names    of the clusters where nothing is carried
 * earlier  the clusters of the earlier fit
 * matches  for each cluster its place in `earlier`; -1 or absent: it is new
 */
export function carriedSigns(
  names: readonly string[],
  earlier: readonly ClusterSign[],
  matches: ArrayLike<number>,
): readonly ClusterSign[] {
  const known = names.map((_, component) => earlier[matches[component] ?? -1] as ClusterSign | undefined);
  const taken = new Set(known.map((sign) => sign?.identity));
  let free = 0;
  return names.map((name, component): ClusterSign => {
    const sign = known[component];
    if (sign)
      return { name: sign.isNamed ? sign.name : name, identity: sign.identity, isNamed: sign.isNamed };
    while (taken.has(free)) free++;
    return { name, identity: free++, isNamed: false };
  });
}
