/** Rows looked at. By eye; which way they are gone over changes no result. */
const sampledRows = 256;

/** Share of cells that must be zero for leaving them out to pay. Measured. */
const leastZeros = 0.6;

/** Squares about zero may exceed those about the mean so many times: single precision loses that much. By eye. */
const mostOffset = 4;

/** Features are told by 16 bits. */
const mostFeatures = 65_536;

/** Whether most cells of x, n x d, are zero, and zero is about as good an origin as the mean. */
export function isMostlyZero(x: Float64Array, n: number, d: number): boolean {
  if (d > mostFeatures) return false;
  const every = Math.ceil(n / sampledRows);
  const count = Math.ceil(n / every);
  const sum = new Float64Array(d);
  let zeros = 0;
  let squares = 0;
  for (let i = 0; i < n; i += every) {
    for (let a = 0; a < d; a++) {
      const value = x[i * d + a];
      if (value === 0) zeros++;
      sum[a] += value;
      squares += value * value;
    }
  }
  const ofMean = sum.reduce((total, value) => total + (value * value) / count, 0);
  return zeros >= leastZeros * count * d && squares <= mostOffset * (squares - ofMean);
}
