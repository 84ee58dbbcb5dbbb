/**
 * The nearest centre of each row and its squared distance over the cells of the row that are observed, ties to the
 * lowest index. A row without any is at distance 0 from all.
 *
 * x         IN   n x d, NaN for a missing cell
 * centre    IN   k x d, no NaN
 * label     OUT  to - from
 * distance  OUT  to - from, squared units of x
 *
 * Source: Chi, Chi and Baraniuk (2016), "k-POD", eq. 2: the distance projected on the observed cells.
 */
export function nearestObservedCentres(
  x: Float64Array,
  from: number,
  to: number,
  d: number,
  centre: Float64Array,
  k: number,
  label: Int32Array,
  distance: Float64Array,
): void {
  for (let i = from; i < to; i++) {
    let best = Infinity;
    let at = 0;
    for (let j = 0; j < k; j++) {
      let s = 0;
      for (let a = 0; a < d; a++) {
        const e = x[i * d + a] - centre[j * d + a];
        // A missing cell is NaN, which equals nothing.
        if (e === e) s += e * e;
      }
      if (s < best) {
        best = s;
        at = j;
      }
    }
    label[i - from] = at;
    distance[i - from] = best;
  }
}

/**
 * Adds the observed cells of rows to the sums of the component each is labelled with.
 *
 * label     IN     to - from, in [0, k)
 * weight    IN     n, >= 0, or null for all ones
 * count     INOUT  k, sums of weights
 * sum       INOUT  k x d, weighted sums of observed cells
 * observed  INOUT  k x d, sums of weights of rows whose cell is observed
 */
export function labelledObservedSums(
  x: Float64Array,
  from: number,
  to: number,
  d: number,
  label: Int32Array,
  weight: Float64Array | null,
  count: Float64Array,
  sum: Float64Array,
  observed: Float64Array,
): void {
  for (let i = from; i < to; i++) {
    const j = label[i - from];
    const w = weight === null ? 1 : weight[i];
    count[j] += w;
    for (let a = 0; a < d; a++) {
      const value = x[i * d + a];
      if (Number.isNaN(value)) continue;
      sum[j * d + a] += w * value;
      observed[j * d + a] += w;
    }
  }
}
