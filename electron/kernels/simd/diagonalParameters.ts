/** What the kernels along the axes read, and what follows from the same numbers. */
export interface DiagonalParameters {
  /** For each component: mean, one over the deviation, log scale. */
  readonly packed: Float64Array;
  /** The largest squared distance of a mean from zero in a feature, in variances of the component. */
  readonly farthest: number;
}

/** Means, deviations and scales in the order `source/diagonalStep.ts` describes; put so once for each array of deviations. */
export function createDiagonalParameters(): (
  mean: Float64Array,
  inverseDeviation: Float64Array,
  logScale: Float64Array,
  k: number,
  d: number,
) => DiagonalParameters {
  const known = new WeakMap<Float64Array, { mean: Float64Array; parameters: DiagonalParameters }>();
  return (mean, inverseDeviation, logScale, k, d) => {
    const stride = 2 * d + 1;
    let found = known.get(inverseDeviation);
    if (found?.mean !== mean) {
      const packed = new Float64Array(k * stride);
      let farthest = 0;
      for (let j = 0; j < k; j++) {
        packed.set(mean.subarray(j * d, (j + 1) * d), j * stride);
        packed.set(inverseDeviation.subarray(j * d, (j + 1) * d), j * stride + d);
      }
      for (let i = 0; i < k * d; i++) farthest = Math.max(farthest, (mean[i] * inverseDeviation[i]) ** 2);
      known.set(inverseDeviation, (found = { mean, parameters: { packed, farthest } }));
    }
    const { parameters } = found;
    for (let j = 0; j < k; j++) parameters.packed[j * stride + 2 * d] = logScale[j];
    return parameters;
  };
}
