/**
 * A covariance structure is a pure function of the scatter of each component about its mean. Names are mclust's:
 * volume, shape and orientation; E equal, V varying, I identity.
 *
 * Source of all M-steps and counts: Celeux and Govaert (1995), "Gaussian parsimonious clustering models".
 */
export type CovarianceRule = DiagonalRule | FullRule;

interface RuleOfAnyKind {
  /** One covariance for all components. */
  readonly shared: boolean;
  /** One variance for all features. */
  readonly spherical: boolean;
  /** Variances are those along axes other than the features': their rounding is that of the widest. */
  readonly ownAxes: boolean;
  /** The M-step has no closed form: it goes round by round. */
  readonly iterates: boolean;
  /** There is another M-step, which leads out of weak optima. */
  readonly explores: boolean;
  /** False: the covariances are given. */
  readonly estimated: boolean;
  /** Free parameters of the covariances of k components of d features (Celeux and Govaert, table 1). */
  count(k: number, d: number): number;
}

/** Covariances along the axes: the statistics need no products of different features. */
export interface DiagonalRule extends RuleOfAnyKind {
  readonly kind: 'diagonal';
  /** moments: k x d, sums of squares about the means. Returns variances, k x d; `previous` too are k x d. */
  estimate(scatter: Scatter, rounds: Rounds): Float64Array;
}

export interface FullRule extends RuleOfAnyKind {
  readonly kind: 'full';
  /** moments: k x d x d, sums of products about the means, symmetric. Returns covariances; `previous` are such too. */
  estimate(scatter: Scatter, rounds: Rounds): Float64Array;
}

/** What a covariance is estimated from. `weight`: k, > 0, what a scatter is divided by. */
export interface Scatter {
  readonly moments: Float64Array;
  readonly weight: Float64Array;
  readonly k: number;
  readonly d: number;
}

/**
 * How far an M-step without a closed form goes: at most so many rounds, each of which raises the likelihood, from the
 * previous estimate where there is one. It begins there, so it never ends below it.
 */
export interface Rounds {
  readonly most: number;
  readonly previous: Float64Array | null;
  /** The other M-step is made, of a structure that has one. @default false */
  readonly isExploring?: boolean;
}

/** Rounds of a whole M-step. By eye: VEI and VEE need ten to thirty, common axes a few hundred from nothing. */
export const roundsOfFullStep = 500;

/** Relative change of a volume at which rounds end: near the rounding of d divisions. */
export const roundTolerance = 1e-13;

/** The sum of numbers, in their order. */
export const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** Sum over components of blocks of `size` numbers. */
export function pooled(blocks: Float64Array, k: number, size: number): Float64Array {
  const sum = new Float64Array(size);
  for (let j = 0; j < k; j++) for (let i = 0; i < size; i++) sum[i] += blocks[j * size + i];
  return sum;
}

/** Blocks of `size` numbers, each divided by the weight of its component. */
export function divided(blocks: Float64Array, weight: Float64Array, size: number): Float64Array {
  const quotient = new Float64Array(blocks.length);
  for (let i = 0; i < blocks.length; i++) quotient[i] = blocks[i] / weight[Math.floor(i / size)];
  return quotient;
}

/** The mean of blocks of `size` numbers over all components: their sum, divided by the whole weight. */
export function pooledMean(blocks: Float64Array, weight: Float64Array, size: number): Float64Array {
  const mean = pooled(blocks, weight.length, size);
  const all = total(weight);
  for (let i = 0; i < size; i++) mean[i] /= all;
  return mean;
}

/** `block` repeated for each of k components. */
export function repeated(block: Float64Array, k: number): Float64Array {
  const all = new Float64Array(k * block.length);
  for (let j = 0; j < k; j++) all.set(block, j * block.length);
  return all;
}

/** Geometric mean of d positive numbers at offset; 0 when one is not positive. */
export function geometricMean(values: Float64Array, offset: number, d: number): number {
  let sum = 0;
  for (let a = 0; a < d; a++) {
    if (!(values[offset + a] > 0)) return 0;
    sum += Math.log(values[offset + a]);
  }
  return Math.exp(sum / d);
}
