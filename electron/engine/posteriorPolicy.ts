import type { RowObjective } from './model';
import { createRandom } from './numeric/random';

/**
 * How log joint densities become memberships.
 *
 * soft      shared by probability
 * hard      all to the most probable component
 * tempered  shared by probability to the power of the inverse temperature (Ueda and Nakano, 1998)
 * sampled   shares of `draws` draws by probability; `stream` names the draws, so that they are the same on any thread
 * given     as they are, n x K, each row summing to one: what the bound of any q is measured with
 */
export type PosteriorPolicy =
  | { readonly kind: 'soft' }
  | { readonly kind: 'hard' }
  | { readonly kind: 'tempered'; readonly inverseTemperature: number }
  | { readonly kind: 'sampled'; readonly draws: number; readonly stream: SampleStream }
  | { readonly kind: 'given'; readonly memberships: Float64Array };

export interface SampleStream {
  readonly seed: number;
  readonly restart: number;
  readonly iteration: number;
}

/**
 * Turns log joint densities of rows [from, from + rows) into memberships times row weight by any policy, and returns
 * what they add up to. The soft and hard kernels are faster and give the same; this is their definition.
 *
 * logJoint  INOUT  rows x k
 * weight    IN     n, >= 0, or null for all ones
 *
 * tempered: q_ij = p_ij^b / sum_j p_ij^b; the objective is minus the free energy, (1/b) sum_i log sum_j p_ij^b
 * (Ueda and Nakano, 1998, eq. 12).
 */
export function applyPolicy(
  policy: PosteriorPolicy,
  logJoint: Float64Array,
  rows: number,
  k: number,
  weight: Float64Array | null,
  from: number,
): RowObjective {
  const random =
    policy.kind === 'sampled'
      ? createRandom(policy.stream.seed, 'memberships', policy.stream.restart, policy.stream.iteration, from)
      : null;
  const total: RowObjective = { logLikelihood: 0, bound: 0, objective: 0 };
  const log = new Float64Array(k);
  for (let i = 0; i < rows; i++) {
    const joint = logJoint.subarray(i * k, (i + 1) * k);
    log.set(joint);
    const w = weight === null ? 1 : weight[from + i];
    const logDensity = logSumExp(log, 1);
    let objective = logDensity;
    if (policy.kind === 'hard') {
      const best = largest(log);
      joint.fill(0);
      joint[best] = 1;
    } else if (policy.kind === 'tempered') {
      const b = policy.inverseTemperature;
      const norm = logSumExp(log, b);
      for (let j = 0; j < k; j++) joint[j] = Math.exp(b * log[j] - norm);
      objective = norm / b;
    } else if (policy.kind === 'given') {
      joint.set(policy.memberships.subarray((from + i) * k, (from + i + 1) * k));
    } else {
      for (let j = 0; j < k; j++) joint[j] = Math.exp(log[j] - logDensity);
      if (policy.kind === 'sampled' && random !== null) drawShares(joint, policy.draws, random.uniform);
    }
    let bound = 0;
    for (let j = 0; j < k; j++) {
      if (joint[j] > 0) bound += joint[j] * (log[j] - Math.log(joint[j]));
      joint[j] *= w;
    }
    if (w === 0) continue;
    if (policy.kind === 'hard' || policy.kind === 'given') objective = bound;
    if (policy.kind === 'soft') bound = logDensity;
    total.logLikelihood += w * logDensity;
    total.bound += w * bound;
    total.objective += w * objective;
  }
  return total;
}

/** log sum_j exp(b log_j), without overflow. */
function logSumExp(log: Float64Array, b: number): number {
  let most = -Infinity;
  for (const value of log) most = Math.max(most, b * value);
  if (!Number.isFinite(most)) return most;
  let sum = 0;
  for (const value of log) sum += Math.exp(b * value - most);
  return most + Math.log(sum);
}

/** Index of the largest, the first of equals. */
function largest(values: Float64Array): number {
  let best = 0;
  for (let j = 1; j < values.length; j++) if (values[j] > values[best]) best = j;
  return best;
}

/** Replaces probabilities by the shares of `draws` draws from them. */
function drawShares(shares: Float64Array, draws: number, uniform: () => number): void {
  const probability = shares.slice();
  shares.fill(0);
  for (let draw = 0; draw < draws; draw++) {
    let target = uniform();
    let j = 0;
    while (j < probability.length - 1 && target >= probability[j]) target -= probability[j++];
    shares[j] += 1 / draws;
  }
}
