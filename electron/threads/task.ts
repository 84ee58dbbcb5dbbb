import type { RunSpecification } from '../../shared/fit';
import type { ModelSpecification } from '../../shared/model';
import type { Frame } from '../engine/drive/frames';
import type { HalfStep, Outcome } from '../engine/drive/run';
import type { RunStart } from '../engine/drive/starts';
import type { FeatureSpace } from '../engine/featureSpace';
import type { Params } from '../engine/model';
import type { Cell, CellResult, Grid } from '../engine/selection/cells';
import type { KMeansTask } from './sharedKMeans';
import type { SharedRows } from './sharedRows';
import type { TeamMemory } from './team';

/** Runs restarts: each thread takes the next one, or all threads share each E-step when a team is given. */
export interface FitTask {
  readonly kind: 'fit';
  readonly rows: SharedRows;
  readonly model: ModelSpecification;
  readonly space: FeatureSpace;
  /** In units of the fit; labels in shared memory. */
  readonly start: RunStart;
  readonly run: RunSpecification;
  /** Short runs that the restarts go on from, one each; null: each makes a start of its own. */
  readonly shortRuns: readonly Outcome[] | null;
  /** Not of short runs: they are many. */
  readonly keepsFrames: boolean;
  /** Milliseconds since the epoch after which runs stop; null: none. Time spent in a pause does not count. */
  readonly deadline: number | null;
  /** Of a `TaskControl`. */
  readonly control: SharedArrayBuffer;
  readonly team: { readonly memory: TeamMemory; readonly role: 'lead' | 'follow' } | null;
  /** For k-means on the compiled kernels; null: there is no memory for it, or nothing to do. */
  readonly kMeans: KMeansTask | null;
  /** From 0. */
  readonly thread: number;
}

/** Computes memberships of all rows at given parameters, a chunk at a time. */
export interface MembershipTask {
  readonly kind: 'memberships';
  readonly rows: SharedRows;
  readonly model: ModelSpecification;
  readonly space: FeatureSpace;
  readonly params: Params;
  /** n x K and n, written in place. */
  readonly responsibilities: SharedArrayBuffer;
  readonly logDensity: SharedArrayBuffer;
  /** Of a `TaskControl`. */
  readonly control: SharedArrayBuffer;
}

/** Does pieces of the work of a grid: each thread takes the next one. */
export interface CellsTask {
  readonly kind: 'cells';
  readonly rows: SharedRows;
  readonly grid: Grid;
  readonly cells: readonly Cell[];
  /** Of a `TaskControl`. */
  readonly control: SharedArrayBuffer;
}

export type Task = FitTask | MembershipTask | CellsTask;

/** One point of a run's trace. */
export interface TracePoint extends HalfStep {
  readonly iteration: number;
  readonly objective: number;
}

export type ThreadMessage =
  | {
      readonly kind: 'points';
      readonly restart: number;
      readonly points: TracePoint[];
      readonly params: Params;
    }
  | {
      readonly kind: 'restart';
      readonly restart: number;
      readonly outcome: Outcome;
      readonly frames: readonly Frame[];
    }
  /** A piece of work is done: its place in the list, and what came of it. */
  | { readonly kind: 'cell'; readonly at: number; readonly result: CellResult }
  | { readonly kind: 'done' };
