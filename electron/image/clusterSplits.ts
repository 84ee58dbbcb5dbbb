import type { WeightedPoints } from './partition';

/** Each cluster cut in two across its longest axis. */
export interface Splits {
  /** k x d: means of the halves; of a locked cluster `high` is the mean of all its points. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** k: by how much the distortion falls at least; 0 where all points are the same. */
  readonly gain: Float64Array;
}

/** Multiplications of a vector by the covariance: its direction only has to be good enough to cut by. By eye. */
const powerSteps = 8;

/**
 * Cuts each cluster at its mean, across the principal axis (the first step of Orchard and Bouman, 1991, "Color
 * quantization of images"). The distortion of a cluster in two halves of weights v, w is less by
 * v w / (v + w) |difference of their means|^2. The first `locked` centres cannot move: there the gain is that of another
 * centre at the mean of the points.
 *
 * label    IN  n, the cluster of each point
 * centre   IN  k x d
 */
export function clusterSplits(
  { x, weight, n, d }: WeightedPoints,
  label: Int32Array,
  centre: Float64Array,
  k: number,
  locked: number,
): Splits {
  const mass = new Float64Array(k);
  const sum = new Float64Array(k * d);
  const scatter = new Float64Array(k * d * d);
  for (let i = 0; i < n; i++) {
    const j = label[i];
    const w = weight[i];
    mass[j] += w;
    for (let a = 0; a < d; a++) {
      const difference = w * (x[i * d + a] - centre[j * d + a]);
      sum[j * d + a] += difference;
      for (let b = 0; b <= a; b++)
        scatter[(j * d + a) * d + b] += difference * (x[i * d + b] - centre[j * d + b]);
    }
  }
  const axis = new Float64Array(k * d);
  for (let j = 0; j < k; j++) {
    for (let a = 0; a < d; a++)
      for (let b = 0; b <= a; b++) {
        const about = mass[j] > 0 ? (sum[j * d + a] * sum[j * d + b]) / mass[j] : 0;
        scatter[(j * d + a) * d + b] -= about;
        scatter[(j * d + b) * d + a] = scatter[(j * d + a) * d + b];
      }
    axis.set(principalAxis(scatter.subarray(j * d * d, (j + 1) * d * d), d), j * d);
  }
  const highMass = new Float64Array(k);
  const highSum = new Float64Array(k * d);
  for (let i = 0; i < n; i++) {
    const j = label[i];
    if (j >= locked) {
      let along = 0;
      for (let a = j * d, b = i * d; a < (j + 1) * d; a++, b++)
        along += axis[a] * (mass[j] * (x[b] - centre[a]) - sum[a]);
      if (!(along > 0)) continue;
    }
    highMass[j] += weight[i];
    for (let a = 0; a < d; a++) highSum[j * d + a] += weight[i] * (x[i * d + a] - centre[j * d + a]);
  }
  const low = new Float64Array(k * d);
  const high = new Float64Array(k * d);
  const gain = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    const isLocked = j < locked;
    const lowMass = mass[j] - highMass[j];
    if (!(highMass[j] > 0) || !(isLocked || lowMass > 0)) continue;
    let apart = 0;
    for (let a = j * d; a < (j + 1) * d; a++) {
      const above = highSum[a] / highMass[j];
      const below = isLocked ? 0 : (sum[a] - highSum[a]) / lowMass;
      high[a] = centre[a] + above;
      low[a] = centre[a] + below;
      apart += (above - below) ** 2;
    }
    gain[j] = (isLocked ? highMass[j] : (lowMass * highMass[j]) / mass[j]) * apart;
  }
  return { low, high, gain };
}

/** Roughly the direction of the largest variance, d numbers of any length; zeros when there is none. */
function principalAxis(scatter: Float64Array, d: number): Float64Array {
  let widest = 0;
  for (let a = 1; a < d; a++) if (scatter[a * d + a] > scatter[widest * d + widest]) widest = a;
  let axis = scatter.slice(widest * d, (widest + 1) * d);
  let next = new Float64Array(d);
  for (let step = 0; step < powerSteps; step++) {
    let largest = 0;
    for (let a = 0; a < d; a++) largest = Math.max(largest, Math.abs(axis[a]));
    if (!(largest > 0)) return axis;
    next.fill(0);
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++) next[a] += scatter[a * d + b] * (axis[b] / largest);
    [axis, next] = [next, axis];
  }
  return axis;
}
