/** Rows the origin and scale of the tiles are taken from. By eye; they change no result. */
const sampledRows = 4096;

/** Cells looked at, unless a few rows have more. */
const sampledCells = 2 ** 20;

/** Looked at however many features they have. */
const fewestRows = 256;

/**
 * The mean of some rows of x, n x d, or zero where that is not wanted, into `origin`, d; returns a scale at which rows
 * about it are about one long.
 */
export function placeOrigin(
  x: Float64Array,
  n: number,
  d: number,
  isMean: boolean,
  origin: Float64Array,
): number {
  const most = Math.min(sampledRows, Math.max(fewestRows, Math.floor(sampledCells / d)));
  const every = Math.ceil(n / most);
  const count = Math.ceil(n / every);
  origin.fill(0);
  if (isMean)
    for (let i = 0; i < n; i += every) for (let a = 0; a < d; a++) origin[a] += x[i * d + a] / count;
  let square = 0;
  for (let i = 0; i < n; i += every)
    for (let a = 0; a < d; a++) square += (x[i * d + a] - origin[a]) ** 2 / count;
  return powerOfTwo(square);
}

/** A power of two near 1 / sqrt(square); 1 where that cannot be had. */
function powerOfTwo(square: number): number {
  if (!(square > 1e-280 && square < 1e280)) return 1;
  return 2 ** -Math.round(Math.log2(square) / 2);
}
