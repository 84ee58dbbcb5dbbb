import type { PosteriorPolicy } from '../engine/model';

/** A policy as numbers in shared memory: which kind, then what it needs. */
export const policyLength = 5;

const kinds: readonly PosteriorPolicy['kind'][] = ['soft', 'hard', 'tempered', 'sampled'];

/** Writes a policy as `policyLength` numbers. Only soft, hard, tempered and sampled memberships are shared by threads. */
export function writePolicy(policy: PosteriorPolicy, numbers: Float64Array): void {
  const kind = kinds.indexOf(policy.kind);
  if (kind === -1) throw new Error(`threads do not share an E-step by ${policy.kind} memberships`);
  numbers[0] = kind;
  if (policy.kind === 'tempered') numbers[1] = policy.inverseTemperature;
  if (policy.kind === 'sampled') {
    const { seed, restart, iteration } = policy.stream;
    numbers.set([policy.draws, seed, restart, iteration], 1);
  }
}

/** The policy that `writePolicy` wrote. */
export function readPolicy(numbers: Float64Array): PosteriorPolicy {
  const [index, first, seed, restart, iteration] = numbers;
  const kind = kinds[index];
  switch (kind) {
    case 'tempered':
      return { kind, inverseTemperature: first };
    case 'sampled':
      return { kind, draws: first, stream: { seed, restart, iteration } };
    case 'soft':
    case 'hard':
      return { kind };
    default:
      throw new Error(`there is no policy number ${index}`);
  }
}
