import type { AlgorithmName } from '../algorithm';
import { familyTraits, iterativeStructures } from '../families';
import type { Family } from '../model';
import type { FormContext } from './optionDescription';

export const wayNames = [
  'em',
  'squarem',
  'generalised',
  'conditional',
  'hard',
  'stochastic',
  'annealed',
  'online',
] as const;
export type WayName = (typeof wayNames)[number];

/** A way of running EM as it is offered to a person. */
export interface WayDescription {
  readonly way: WayName;
  readonly title: string;
  /** What it is called for some families. */
  readonly titles?: Partial<Record<Family, string>>;
  /** What it does and when to take it, in one sentence. */
  readonly help: string;
  /** What it is in a specification, less the options that it has fields for. */
  readonly algorithm: {
    readonly name: AlgorithmName;
    readonly acceleration?: 'squarem';
    readonly mStep?: 'partial' | 'conditional';
  };
  /** Why it is not for this model, beyond what the family's traits say; null: it is. */
  readonly unsuited?: (context: FormContext) => string | null;
}

const hasCovariance = ({ family, kinds }: FormContext): boolean =>
  (family === 'gaussian' || family === 'mixed') && kinds.has('number');

export const ways: readonly WayDescription[] = [
  {
    way: 'em',
    title: 'EM',
    help: 'Every row is shared among the clusters by probability; the objective rises at every step.',
    algorithm: { name: 'em' },
  },
  {
    way: 'squarem',
    title: 'Accelerated EM (SQUAREM)',
    help: 'Extrapolates between EM steps and never accepts a worse point: fewer iterations where EM crawls.',
    algorithm: { name: 'em', acceleration: 'squarem' },
  },
  {
    way: 'generalised',
    title: 'Generalised EM',
    help: 'One round of an M-step that has no closed form, instead of solving it each time.',
    algorithm: { name: 'em', mStep: 'partial' },
    unsuited: (context) =>
      hasCovariance(context) && iterativeStructures.some((structure) => structure === context.covariance)
        ? null
        : `for shapes ${iterativeStructures.join(', ')}`,
  },
  {
    way: 'conditional',
    title: 'ECM',
    help: 'Means and covariances take turns, each after an E-step of its own.',
    algorithm: { name: 'em', mStep: 'conditional' },
    unsuited: (context) =>
      hasCovariance(context) && context.covariance !== 'fixed' ? null : 'for estimated covariances',
  },
  {
    way: 'hard',
    title: 'Hard (classification EM)',
    titles: { kmeans: 'Lloyd' },
    help: 'Every row belongs to its most probable cluster alone: fast, and drawn to clearly separated clusters.',
    algorithm: { name: 'hard' },
  },
  {
    way: 'stochastic',
    title: 'Stochastic EM',
    help: 'Clusters of rows are drawn by probability, which can leave a poor optimum; ends with EM from the best.',
    algorithm: { name: 'stochastic' },
  },
  {
    way: 'annealed',
    title: 'Annealed EM',
    help: 'Memberships begin soft and harden as a temperature falls, so that the start matters less.',
    algorithm: { name: 'annealed' },
  },
  {
    way: 'online',
    title: 'Online EM',
    titles: { kmeans: 'Mini-batches' },
    help: 'Learns from a few rows at a time: for many rows, approximate until it has seen them often.',
    algorithm: { name: 'online' },
  },
];

/** The description of a way. */
export function describeWay(way: WayName): WayDescription {
  const found = ways.find((item) => item.way === way);
  if (!found) throw new Error(`There is no way "${way}".`);
  return found;
}

/** What a way is called for a family. */
export function wayTitle(way: WayDescription, family: Family): string {
  return way.titles?.[family] ?? way.title;
}

/** The ways a family has; `unsuited`: why one is not for the model as it is, null: it is. */
export function waysFor(
  context: FormContext,
): readonly { readonly way: WayDescription; readonly unsuited: string | null }[] {
  return ways
    .filter((way) => isOfFamily(way, context.family))
    .map((way) => ({ way, unsuited: way.unsuited?.(context) ?? null }));
}

/** The family's own way: what a job without an algorithm gets. */
export function ownWay(family: Family): WayName {
  return familyTraits[family].algorithms[0] === 'hard' ? 'hard' : 'em';
}

function isOfFamily(way: WayDescription, family: Family): boolean {
  return familyTraits[family].algorithms.includes(way.algorithm.name);
}
