/** Rows of entries that differ, each once, in the order they first come. */
export interface DistinctRows {
  /** distinct x groups */
  readonly entries: Uint16Array;
  /** How often each of them comes. */
  readonly counts: Float64Array;
  /** Of every row, which of them it is. */
  readonly places: Uint32Array;
}

/** Of more groups rows rarely repeat, and what tells them apart would no more be a whole number. */
const mostGroups = 3;

/** Rows looked at before it is told whether they repeat. By eye. */
const fewestRows = 256;

/**
 * The distinct rows among `n` of `groups` entries below `size`, at most 65536; null where fewer than half of the rows
 * would be saved.
 */
export function distinctRows(
  entries: Uint16Array,
  n: number,
  groups: number,
  size: number,
): DistinctRows | null {
  if (groups > mostGroups || n < fewestRows) return null;
  const known = new Map<number, number>();
  const places = new Uint32Array(n);
  const firsts: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < n; i++) {
    let key = 0;
    for (let g = 0; g < groups; g++) key = key * size + entries[i * groups + g];
    let place = known.get(key);
    if (place === undefined) {
      known.set(key, (place = firsts.length));
      firsts.push(i);
      counts.push(0);
    }
    counts[place]++;
    places[i] = place;
    if (i + 1 >= fewestRows && 2 * firsts.length > i + 1) return null;
  }
  const own = new Uint16Array(firsts.length * groups);
  firsts.forEach((row, place) => own.set(entries.subarray(row * groups, (row + 1) * groups), place * groups));
  return { entries: own, counts: Float64Array.from(counts), places };
}

/** Adds up the weights of rows [from, ...) by distinct row into `out`. */
export function addWeights(
  { places }: DistinctRows,
  weight: Float64Array,
  from: number,
  out: Float64Array,
): void {
  for (let i = 0; i < places.length; i++) out[places[i]] += weight[from + i];
}
