import type { Start, RunSpecification } from '../../shared/fit';
import type { ModelSpecification } from '../../shared/model';
import type { Outcome } from '../../electron/engine/drive/run';
import type { FeatureSpace } from '../../electron/engine/featureSpace';
import type { BenchData } from './benchData';

/** Rows and start as both sides read them. */
export interface Rows {
  readonly x: Float64Array;
  readonly n: number;
  readonly d: number;
  /** k rows, or k x d of whatever the data set calls its start. */
  readonly centres: Float64Array;
  readonly k: number;
}

/** A program to compare with. It speaks the protocol of `peers/README.md`; given no data it only says what it is. */
export interface Peer {
  readonly program: 'scikitLearn.py' | 'numpyBernoulli.py' | 'mclust.R';
  /** What to run, in the words of that program. */
  readonly kind: string;
}

/** A fit of ours that is timed. */
export interface BenchFit {
  readonly name: string;
  readonly data: BenchData;
  readonly model: ModelSpecification;
  readonly space: FeatureSpace;
  readonly run: Partial<RunSpecification>;
  /** M-steps of the peer, if there is one; ours are `run.maxIterations`. */
  readonly iterations: number;
  start(rows: Rows): Start;
  /** The number both sides must agree on. */
  score(outcome: Extract<Outcome, { ok: true }>, rows: Rows): number;
}

/** One line of the benchmark: the same data, start and iterations for a peer and for us. */
export interface BenchmarkSet extends BenchFit {
  readonly peer: Peer;
  /** Each side draws starts of its own and stops by a rule of its own: iterations are not compared. */
  readonly hasOwnStarts?: true;
  /** Largest relative difference of the scores. */
  readonly tolerance: number;
  /** How many times faster we must be for a release, and how many we hope for. */
  readonly gate: number;
  readonly ambitious: number;
  /** Least work of one iteration: multiply-adds in double precision, and bytes read from memory. */
  readonly multiplyAdds: number;
  readonly bytes: number;
}
