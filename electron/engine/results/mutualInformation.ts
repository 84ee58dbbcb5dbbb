/** A cell that holds less than half a row counts as empty: memberships are seldom exactly 0. */
const emptyCell = 0.5;

/**
 * Mutual information of rows and columns of a table of counts, in bits, corrected for the bias of a finite sample and
 * kept between 0 and the entropy of the columns.
 *
 * counts  IN  rows x columns, >= 0
 *
 * Source: Cover and Thomas (2006), eq. 2.28; correction by occupied cells: Miller (1955), applied to the three
 * entropies of I = H(X) + H(Z) - H(X, Z).
 */
export function mutualInformation(counts: Float64Array, columns: number): number {
  const rows = counts.length / columns;
  const rowSum = new Float64Array(rows);
  const columnSum = new Float64Array(columns);
  let total = 0;
  for (const [at, count] of counts.entries()) {
    rowSum[Math.floor(at / columns)] += count;
    columnSum[at % columns] += count;
    total += count;
  }
  if (total === 0) return 0;
  let information = 0;
  for (const [at, count] of counts.entries())
    if (count > 0)
      information +=
        (count / total) *
        Math.log2((count * total) / (rowSum[Math.floor(at / columns)] * columnSum[at % columns]));
  const bias = (occupied(counts) - occupied(rowSum) - occupied(columnSum) + 1) / (2 * total * Math.LN2);
  return Math.min(entropy(columnSum), Math.max(0, information - bias));
}

/** Entropy of shares proportional to `counts`, in bits. */
export function entropy(counts: Float64Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce(
    (sum, count) => (count > 0 ? sum - (count / total) * Math.log2(count / total) : sum),
    0,
  );
}

const occupied = (counts: Float64Array): number =>
  counts.reduce((sum, count) => sum + (count >= emptyCell ? 1 : 0), 0);

/**
 * Neighbouring rows of a table of counts put together, so that about as much is in each of `wanted` rows. Rows that
 * stand alone because they hold much stay alone.
 */
export function mergeRows(counts: Float64Array, columns: number, wanted: number): Float64Array {
  const rows = counts.length / columns;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const merged = new Float64Array(wanted * columns);
  let before = 0;
  for (let row = 0; row < rows; row++) {
    let own = 0;
    for (let column = 0; column < columns; column++) own += counts[row * columns + column];
    // By its middle, so that what comes before a row does not push it over an end.
    const into = total > 0 ? Math.min(wanted - 1, Math.floor((wanted * (before + own / 2)) / total)) : 0;
    for (let column = 0; column < columns; column++)
      merged[into * columns + column] += counts[row * columns + column];
    before += own;
  }
  return merged;
}

/** Bins a number is cut into for its mutual information: by taste, growing as the cube root of what there is. */
export function informationBins(total: number): number {
  return Math.max(2, Math.min(64, Math.ceil(2 * Math.cbrt(total))));
}
