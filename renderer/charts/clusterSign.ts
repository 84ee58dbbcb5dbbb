/** How a cluster is known to a person: by its name, and by a colour and shape that it keeps from fit to fit. */
export interface ClusterSign {
  readonly name: string;
  /** Chooses colour and shape. */
  readonly identity: number;
}

/** Clusters that have been in no fit before: each is known by its own number. */
export function newSigns(names: readonly string[]): readonly ClusterSign[] {
  return names.map((name, identity) => ({ name, identity }));
}
